import { darkRules } from '../../charts/dark-theme.ts';

/** How a page looks: for a screen of any width, light or dark as its reader likes it, and for paper. */
export const PAGE_STYLE = `
:root{--ground:#fff;--ink:#1b1f24;--muted:#59616b;--line:#d9dde2;--soft:#f4f6f8;--accent:#0b62a4;--warn:#8a4b00;--warn-ground:#fff4e0}
*{box-sizing:border-box}
html{scroll-behavior:smooth;-webkit-text-size-adjust:100%}
body{margin:0 auto;max-width:75rem;padding:2rem 1.25rem 3rem;background:var(--ground);color:var(--ink);
font:1.0625rem/1.6 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",Arial,sans-serif;overflow-wrap:break-word}
h1{font-size:clamp(1.6rem,4.5vw,2.3rem);line-height:1.2;margin:0 0 1rem;letter-spacing:-.01em}
h2{font-size:1.5rem;line-height:1.25;margin:0 0 .75rem}
h3{font-size:1.1rem;margin:1.75rem 0 .5rem}
p{margin:0 0 .75rem;max-width:46rem}
ul{max-width:46rem;padding-left:1.25rem;margin:0 0 .75rem}
li{margin:.25rem 0}
a{color:var(--accent)}
header p{font-size:1.1rem}
section{border-top:1px solid var(--line);padding-top:1.75rem;margin-top:2.5rem;scroll-margin-top:.5rem}
.warning{border-left:5px solid var(--warn);background:var(--warn-ground);padding:.8rem 1rem .1rem;margin:1rem 0;border-radius:3px}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(12.5rem,1fr));gap:.75rem;margin:1.5rem 0 0}
.tiles div{background:var(--soft);border-radius:8px;padding:.7rem .9rem}
.tiles dt{color:var(--muted);font-size:.9rem}
.tiles dd{margin:0}
@media (max-width:30rem){.tiles{grid-template-columns:1fr 1fr}.tiles strong{font-size:1.3rem}}
.tiles strong{display:block;font-size:1.55rem;line-height:1.25;white-space:nowrap;font-variant-numeric:tabular-nums}
.tiles small{display:block;color:var(--muted);line-height:1.35}
nav{margin:2rem 0 0;padding:.9rem 1.1rem;border:1px solid var(--line);border-radius:8px}
nav ol{columns:15rem;column-gap:2.5rem;margin:0;padding-left:1.6rem}
nav li{margin:.1rem 0;break-inside:avoid}
nav a{text-decoration:none}
nav a:hover{text-decoration:underline}
figure{margin:1.5rem 0}
figcaption{margin:0 0 .45rem;max-width:46rem}
.drawing figcaption{color:var(--muted);font-size:.95rem;margin:.5rem 0 0}
.scroll{overflow-x:auto;max-width:100%}
.scroll:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
svg{display:block;width:100%;height:auto}
.chart svg{max-width:34rem}
.signs{display:flex;flex-wrap:wrap;gap:.2rem 1.4rem;list-style:none;padding:0;margin:0 0 .5rem}
.signs li{display:flex;align-items:center;gap:.4rem;margin:0}
.signs svg{width:1.3rem}
table{border-collapse:collapse;font-size:.95rem;line-height:1.4}
th,td{text-align:left;padding:.32rem .8rem .32rem 0;border-bottom:1px solid var(--line);vertical-align:top}
th{font-weight:600;color:var(--muted)}
thead th{vertical-align:bottom;border-bottom:2px solid var(--line)}
td{max-width:30rem;min-width:2.5rem}
.long{overflow-wrap:anywhere;min-width:13rem}
.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.upright th{padding-right:2rem}
.upright td{text-align:right}
.note{color:var(--muted);font-size:.93rem;margin:.5rem 0 0}
.csv{font-size:.85rem;border:1px solid var(--line);border-radius:4px;padding:.05rem .4rem;text-decoration:none;margin-left:.35rem;white-space:nowrap}
.csv:hover{border-color:var(--accent)}
.mark{border-left:5px solid var(--line);padding:.1rem 0 .1rem 1rem;margin:1rem 0}
.mark p{margin:.2rem 0}
.mark small{color:var(--muted);border:1px solid var(--line);border-radius:4px;padding:.05rem .4rem}
details{border:1px solid var(--line);border-radius:8px;padding:.5rem .9rem;margin:1.25rem 0}
details[open]{padding-bottom:.9rem}
summary{cursor:pointer;color:var(--accent)}
details[open]>summary{margin-bottom:.7rem}
pre{font:0.85rem/1.45 ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace;margin:0;background:var(--soft);padding:.8rem 1rem;border-radius:6px;width:max-content;min-width:100%}
.columns{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,26rem),1fr));gap:0 2rem}
.columns>div{min-width:0}
@media screen and (min-width:68rem){
body{display:grid;grid-template-columns:14rem minmax(0,1fr);gap:0 3.5rem;align-items:start}
header,main,footer{grid-column:2}
nav{grid-column:1;grid-row:1/span 3;position:sticky;top:2rem;margin:.4rem 0 0;border:0;border-right:1px solid var(--line);border-radius:0;padding:0 1rem 0 0;max-height:calc(100vh - 4rem);overflow-y:auto}
nav ol{columns:auto;padding:0;list-style:none}
nav li{margin:0 0 .55rem;line-height:1.35;font-size:.97rem}
}
footer{border-top:1px solid var(--line);margin-top:3rem;padding-top:1rem;color:var(--muted);font-size:.93rem}
@media screen and (prefers-color-scheme:dark){
:root{--ground:#14181d;--ink:#e8eaed;--muted:#a3abb5;--line:#343b44;--soft:#1e242b;--accent:#6db6ee;--warn:#f2b53a;--warn-ground:#2b2416}
${darkRules()}
}
@media print{
body{max-width:none;padding:0;font-size:10.5pt}
nav,.csv{display:none}
section,figure,.mark{break-inside:avoid-page}
section{break-inside:auto}
h2,h3,figcaption{break-after:avoid}
.scroll{overflow:visible}
.columns{display:block}
details::details-content{display:block;content-visibility:visible;height:auto}
summary{list-style:none;font-weight:600;color:inherit}
}
`;
