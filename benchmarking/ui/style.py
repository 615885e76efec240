"""The look that the theme alone cannot give: one sheet, put on every page."""

import streamlit as st

_SHEET = """
<style>
.stMainBlockContainer { max-width: 1100px; padding-left: 1.25rem; padding-right: 1.25rem; }
h1 { letter-spacing: -.01em; }
*:focus-visible, .stMain label[data-focus-visible] { outline: 3px solid #212b32 !important;
  outline-offset: 2px; box-shadow: 0 0 0 6px #ffb81c !important; }
/* What surrounds a field would cut a ring off, so the ring lies within it. */
input:focus-visible, textarea:focus-visible, .stMain [role="group"] button:focus-visible,
.stMain:focus-visible { outline-offset: -3px !important; box-shadow: none !important; }
.stHtml a { color: #005eb8; text-underline-offset: .15em; }
.stHtml a:hover { color: #003087; }
[class*="st-key-go-"] a { background: #005eb8; padding: .55rem 1rem; min-height: 44px; }
[class*="st-key-go-"] a:hover { background: #003d78; }
[class*="st-key-go-"] a * { color: #fff !important; font-weight: 600; white-space: normal;
  overflow: visible; }
.bm-bar { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; justify-content: space-between;
  font-size: .84rem; line-height: 1.4; color: #425563; border-bottom: 1px solid #d8dde0;
  padding-bottom: .5rem; }
.st-key-bar { border-bottom: 1px solid #d8dde0; padding-bottom: .25rem; }
.st-key-bar .bm-bar { border: 0; padding: 0; }
.st-key-bar button p { color: #005eb8; font-size: .84rem; text-decoration: underline; }
.bm-bar strong { color: #212b32; font-weight: 600; }
.bm-demo { background: #fff4d6; color: #4a3a00; padding: 0 .5rem; }
.bm-context { font-size: .95rem; color: #425563; margin: 0; }
.bm-tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: .75rem;
  list-style: none; margin: 0 !important; padding: 0 !important; }
.bm-tiles li { margin: 0; }
.bm-tile { border: 1px solid #d8dde0; border-top: 4px solid #aeb7bd; background: #fff;
  padding: .6rem .8rem .7rem; line-height: 1.3; }
.bm-tile.done { border-top-color: #005eb8; }
.bm-tile .name { font-size: .89rem; color: #425563; display: block; min-height: 2.6em; }
.bm-tile .figure { font-size: 1.16rem; font-weight: 600; }
.bm-track { height: 10px; background: #d8dde0; overflow: hidden; }
.bm-track span { display: block; height: 100%; background: #005eb8; }
.bm-statement { border-left: 4px solid #005eb8; padding: .1rem 0 .1rem .9rem; margin: .5rem 0 0; }
.bm-statement .number { color: #425563; font-size: .89rem; display: block; }
.bm-statement q, .bm-statement strong { font-size: 1.16rem; font-weight: 600; quotes: "“" "”"; }
.bm-statement .wording { display: block; color: #425563; font-size: .84rem; }
.bm-note { font-size: .89rem; color: #425563; margin: 0; }
.bm-note.alert { color: #212b32; background: #fff4d6; border-left: 4px solid #ffb81c;
  padding: .4rem .8rem; }
.bm-note + .bm-note { margin-top: .4rem; }
.bm-lead { font-size: 1.16rem; line-height: 1.45; margin: 0; max-width: 46em; }
.bm-errors { border: 4px solid #d5281b; padding: .8rem 1rem; margin: 0; }
.bm-errors h2 { font-size: 1.05rem; margin: 0 0 .25rem; padding: 0; }
.bm-errors ul { margin: 0 !important; }
.bm-done { border: 4px solid #005eb8; padding: .6rem 1rem; margin: 0; }
.bm-answer:focus { outline: none; }
.bm-fault { color: #b3200f; font-weight: 600; font-size: .95rem; margin: 0 0 -.6rem;
  border-left: 4px solid #d5281b; padding-left: .6rem; }
.bm-rows { width: 100%; border-collapse: collapse; font-size: .95rem; line-height: 1.4; margin: 0; }
.bm-rows caption { position: absolute; clip-path: inset(50%); width: 1px; height: 1px;
  overflow: hidden; }
.bm-rows th, .bm-rows td { border: 0; border-bottom: 1px solid #d8dde0; text-align: left;
  vertical-align: top; padding: .45rem .75rem .45rem 0; font-weight: 400; color: #212b32;
  overflow-wrap: anywhere; }
.bm-rows thead th, .bm-rows tbody th { font-weight: 600; }
.bm-rows thead th { overflow-wrap: break-word; }
.bm-rows tbody th { min-width: 6rem; }
.bm-facts { margin: 0 !important; padding: 0 !important; }
.bm-aside { display: block; color: #425563; font-size: .84rem; }
@media (max-width: 640px) {
  .bm-rows thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px;
    overflow: hidden; }
  .bm-rows, .bm-rows tbody, .bm-rows tr, .bm-rows tbody th, .bm-rows td { display: block; }
  .bm-rows tr { border-bottom: 1px solid #d8dde0; padding: .5rem 0; }
  .bm-rows tbody th, .bm-rows td { border: 0; padding: .1rem 0; }
  .bm-rows td[data-of]::before { content: attr(data-of) ": "; color: #425563; }
}
.bm-small { font-size: .84rem; line-height: 1.45; color: #425563; margin: 0; }
.bm-footer { border-top: 1px solid #d8dde0; margin-top: 2rem; padding-top: .75rem;
  font-size: .84rem; color: #425563; }
.stRadio > label p { font-weight: 600; font-size: 1rem; }
.stRadio [data-testid="stRadioOption"] { padding: .2rem 0; }
.stRadio [data-testid="stRadioOption"] > div { align-items: flex-start; }
.stRadio [data-testid="stRadioOption"] > div > div:first-child { margin-top: .2rem;
  flex-shrink: 0; }
/* What was handed in is read, so it must be as legible as what can still be changed. */
[data-testid="stWidgetLabel"][disabled], .stRadio [data-disabled], textarea:disabled,
input:disabled { color: #212b32 !important; -webkit-text-fill-color: #212b32 !important;
  opacity: 1 !important; }
.stMain hr { margin: .5rem 0 1rem; }
.bm-mark { background: #f0f4f5; color: #425563; font-size: .84rem; padding: .05rem .45rem;
  display: inline-block; max-width: 100%; }
.bm-levels { display: grid; grid-template-columns: minmax(9rem, auto) 1fr; gap: .35rem 1rem;
  margin: 0; }
.bm-levels dt { font-weight: 600; }
.bm-levels dd { margin: 0; }
.bm-list { margin: 0; padding-left: 1.2em; }
.bm-checks { list-style: none; margin: 0 !important; padding: 0 !important; }
.bm-checks li { margin: 0 0 .35rem; padding-left: 1.5em; text-indent: -1.5em; }
.bm-life { display: grid; grid-template-columns: repeat(5, minmax(0, 1fr)); gap: .5rem;
  list-style: none; margin: 0 !important; padding: 0 !important; font-size: .89rem;
  line-height: 1.3; }
.bm-life li { margin: 0; border-top: 4px solid #d8dde0; padding: .3rem 0 0; color: #425563; }
.bm-life li.passed, .bm-life li.now { border-top-color: #005eb8; color: #212b32; }
.bm-life li.now .name { font-weight: 600; }
.bm-life small { display: block; color: #425563; font-size: .78rem; }
.bm-life .spoken { position: absolute; clip-path: inset(50%); width: 1px; height: 1px;
  overflow: hidden; }
.bm-happened { margin: 0 !important; font-size: .95rem; }
.bm-happened li { margin: 0 0 .5rem; }
.bm-said p { margin: .25rem 0; }
.bm-example h2 { font-size: 1.16rem; margin: 0; padding: 0; }
.bm-example h3 { font-size: 1rem; margin: .75rem 0 .25rem; padding: 0; }
.bm-example dd p { margin: 0 0 .35rem; }
.bm-said blockquote { margin: 0 0 .25rem; border-left: 4px solid #aeb7bd; padding: 0 0 0 .75rem;
  white-space: pre-line; overflow-wrap: anywhere; }
.bm-disc { color: #005eb8; font-weight: 400; font-size: 1.1em; line-height: 1; }
.bm-rated { font-size: 1.16rem; font-weight: 600; }
.bm-unrated { font-weight: 600; }
.bm-pair { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; align-items: flex-end; }
.bm-pair p { margin: 0; }
.bm-stage small, .bm-pair small { display: block; color: #425563; font-size: .78rem; }
.bm-bars { display: inline-flex; gap: 3px; align-items: flex-end; line-height: 1.15;
  font-size: .78rem; color: #425563; text-align: center; print-color-adjust: exact;
  -webkit-print-color-adjust: exact; }
.bm-bars > span { width: 1.35em; }
.bm-bars b { font-weight: 400; display: block; }
.bm-bars i { display: block; background: #aeb7bd; border-bottom: 2px solid transparent;
  margin-bottom: 1px; }
.bm-bars.own i { background: #005eb8; }
.bm-bars .middle i { border-bottom-color: #212b32; background-clip: padding-box; }
.bm-stage p, .bm-stages p, .bm-say p { margin: 0 0 .45rem; }
.bm-headline { color: #425563; margin: 0 0 .5rem; }
.bm-stages { display: grid; grid-template-columns: repeat(5, minmax(0, 1fr)); gap: .75rem;
  list-style: none; margin: 0 !important; padding: 0 !important; }
.bm-stages > li { margin: 0; border: 1px solid #d8dde0; border-top: 4px solid #005eb8;
  padding: .5rem .7rem; line-height: 1.35; break-inside: avoid; }
.bm-stages h2 { font-size: .95rem; line-height: 1.25; margin: 0 0 .35rem; padding: 0;
  min-height: 2.5em; }
.bm-stages .bm-rated { font-size: 1.05rem; }
.bm-key { display: flex; flex-wrap: wrap; gap: .2rem 1.25rem; list-style: none; font-size: .84rem;
  color: #425563; margin: 0 !important; padding: 0 !important; }
.bm-key li { margin: 0; }
.bm-key i { display: inline-block; margin-right: .4em; vertical-align: -.1em; }
.bm-key .dot { width: .85em; height: .85em; border-radius: 50%; background: #005eb8; }
.bm-key .dot.square { border-radius: 0; background: #212b32; }
.bm-key .dot.people, .bm-key .dot.files { background: #fff; border: 2px solid #7c2855;
  border-radius: 0; width: .75em; height: .75em; }
.bm-key .dot.files { border-color: #425563; transform: rotate(45deg) scale(.85); }
.bm-key .tick.peers { background: #212b32; }
.bm-key .claim { width: .75em; height: .75em; border-radius: 50%; border: 2px solid #005eb8; }
.bm-key .tick { width: 3px; height: 1em; background: #425563; vertical-align: -.15em; }
.bm-key .bar { width: .85em; height: .9em; background: #aeb7bd; }
.bm-key .middle { width: 1.2em; height: 3px; background: #212b32; vertical-align: .25em; }
.bm-voices, .bm-questions { margin: 0 !important; }
.bm-voices { list-style: none; padding: 0 !important; font-size: .95rem; color: #425563; }
.bm-voices li, .bm-questions li { margin: 0 0 .35rem; }
.bm-first, .bm-unmet { margin: 0 !important; }
.bm-first li, .bm-unmet li { margin: 0 0 1rem; }
.bm-first p, .bm-unmet p { margin: 0 0 .25rem; }
.bm-unmet { list-style: none; padding: 0 !important; }
.bm-promise { border-left: 4px solid #aeb7bd; padding-left: .75rem; font-size: .95rem;
  color: #425563; }
@media (max-width: 900px) {
  .bm-stages { grid-template-columns: 1fr; }
  .bm-stages h2 { min-height: 0; }
}
.bm-map { overflow: auto; max-height: 85vh; border: 1px solid #d8dde0; }
.bm-map table { border-collapse: separate; border-spacing: 0; font-size: .78rem; line-height: 1.2;
  width: 100%; margin: 0; }
.bm-map caption { position: absolute; clip-path: inset(50%); width: 1px; height: 1px;
  overflow: hidden; }
.bm-map th, .bm-map td { border: 0; border-right: 1px solid #fff; border-bottom: 1px solid #fff;
  padding: 0 .2rem; height: 22px; min-width: 30px; text-align: center; font-weight: 400;
  white-space: nowrap; background: #fff; color: #212b32; font-variant-numeric: tabular-nums; }
.bm-map thead th, .bm-map thead td { position: sticky; z-index: 2; background: #f0f4f5; }
.bm-map thead tr:first-child > * { top: 0; height: 38px; white-space: normal; line-height: 1.15;
  border-right: 2px solid #fff; }
.bm-map thead tr:nth-child(2) > * { top: 39px; height: 26px; font-weight: 600; }
.bm-map abbr { text-decoration: underline dotted; text-underline-offset: .2em; cursor: help; }
.bm-map th:first-child, .bm-map td:first-child { position: sticky; left: 0; z-index: 1;
  text-align: left; padding: 0 .5rem; }
.bm-map thead tr > *:first-child { z-index: 3; }
.bm-map th a { color: #005eb8; display: inline-block; line-height: 24px; }
.bm-map th a span { display: inline-block; max-width: 11.5em; overflow: hidden;
  text-overflow: ellipsis; vertical-align: bottom; color: #425563; }
.bm-map td b { font-weight: 700; }
.bm-map td.s1, .bm-cell.s1 { background: #f0f4f5; }
.bm-map td.s2, .bm-cell.s2 { background: #c0d6ea; }
.bm-map td.s3, .bm-cell.s3 { background: #76a7d3; }
.bm-map td.s4, .bm-cell.s4 { background: #00458c; color: #fff; }
.bm-map td:last-child, .bm-map th:last-child { padding: 0 .5rem; text-align: right; }
.bm-cell { display: inline-block; min-width: 1.6em; text-align: center; color: #212b32; }
.bm-map, .bm-cell { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.bm-statements { margin: 0; }
.bm-statements dt { font-weight: 600; margin-top: .5rem; }
.bm-statements dd { margin: 0; }
.bm-answers { list-style: none; margin: .75rem 0 0 !important; padding: 0 !important;
  font-size: .89rem; }
.bm-answers li { margin: 0 0 .35rem; }
.bm-answers ul { margin: 0 !important; color: #425563; }
.bm-answers ul li { margin: 0; font-size: .89rem; }
.bm-board h2 { font-size: 1.05rem; margin: 0 0 .35rem; padding: 0; }
.bm-board ol { margin: 0 !important; padding-left: 1.2em !important; }
.bm-board li { margin: 0 0 .6rem; }
.bm-board p { margin: .1rem 0 .6rem; font-size: .95rem; color: #425563; }
@media (max-width: 640px) { .bm-map th a span { display: none; } }
@media print {
  @page { size: A4; margin: 10mm; }
  html { font-size: 10.5px !important; }
  .bm-map { max-height: none; }
  .stMainBlockContainer { padding: 0 !important; max-width: none; }
  .st-key-not-printed, .st-key-sign-off, .stExpander, .stPageLink, .stAppHeader, .bm-bar a,
  .stButton, .stDownloadButton { display: none !important; }
  .bm-stages { grid-template-columns: repeat(5, minmax(0, 1fr)); gap: .4rem; }
  /* The board's page is one side: no line of it is spent on air. */
  .stMainBlockContainer, .stMainBlockContainer .stVerticalBlock { gap: .5rem !important; }
  .bm-stages .bm-pair { gap: .25rem .4rem; }
  .bm-stages .bm-bars { gap: 2px; }
  .bm-stages .bm-bars > span { width: 1.1em; }
  .stMainBlockContainer h1 { font-size: 1.8rem; padding: 0; }
  .stHtml, .stHtml p, .stHtml li { line-height: 1.3; }
  .bm-voices li { display: inline; }
  .bm-board li { margin-bottom: .3rem; }
  .bm-board p { margin-bottom: .3rem; }
  .bm-footer { margin-top: 0; padding-top: .3rem; }
}
@media (max-width: 640px) {
  .bm-tiles, .bm-levels, .bm-life { grid-template-columns: 1fr; }
  .bm-life li { border-top: 0; border-left: 4px solid #d8dde0; padding: 0 0 0 .6rem; }
  .bm-life li.passed, .bm-life li.now { border-left-color: #005eb8; }
  .bm-tile { display: flex; justify-content: space-between; gap: 1rem; }
  .bm-tile .name { min-height: 0; }
}
</style>
"""


def apply() -> None:
    """Puts the sheet on the page that is being drawn."""
    st.html(_SHEET)
