"""A bare page of five charts, drawn anew in every run: what a page of figures costs by itself."""

import streamlit as st

from benchmarks.bare_charts import CHARTS, bars

st.title("Five charts")
for number in range(CHARTS):
    st.plotly_chart(bars(number), key=f"chart-{number}")
