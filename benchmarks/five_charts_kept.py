"""The same page with its figures kept between runs, as a page that cares would keep them."""

import streamlit as st

from benchmarks.bare_charts import CHARTS, bars

kept = st.cache_resource(bars)

st.title("Five charts")
for number in range(CHARTS):
    st.plotly_chart(kept(number), key=f"chart-{number}")
