"""The smallest Streamlit app: what a rerun costs before we do anything."""

import streamlit as st

st.title("Empty")
