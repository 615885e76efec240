"""Plain HTTP around the dashboard: sign-in, health, headers. Knows no Streamlit."""
