/** `light-dark()` follows the page's preference until the switch sets one. */
const STYLES = `
:host{all:initial;color-scheme:light dark;--ground:light-dark(#fff,#15181e);--raised:light-dark(#f4f6f9,#1e222b);--line:light-dark(#d5dae2,#343a46);--text:light-dark(#1b1f27,#e6e9ef);--quiet:light-dark(#545c69,#a3abb9);--accent:light-dark(#0b57d0,#8ab4f8);--on-accent:light-dark(#fff,#0b1a33);--good:light-dark(#137a3f,#5fd08e);--bad:light-dark(#b3261e,#ff9c93);--wait:light-dark(#8f5600,#f2b45c);--sleep:light-dark(#7b8494,#6d7687)}
:host([data-theme=light]){color-scheme:light}
:host([data-theme=dark]){color-scheme:dark}
*{box-sizing:border-box}
[hidden]{display:none!important}
.root{color:var(--text);font:13px/1.5 system-ui,sans-serif}
button{font:inherit;color:var(--text);background:var(--raised);border:1px solid var(--line);border-radius:6px;padding:4px 10px;min-height:28px;cursor:pointer}
button:hover:not(:disabled){border-color:var(--accent)}
button:disabled{opacity:.55;cursor:not-allowed}
button[aria-pressed=true]{background:var(--accent);border-color:var(--accent);color:var(--on-accent)}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.open{position:fixed;z-index:2147483000;inset:auto 16px 16px auto;display:flex;align-items:center;gap:8px;background:var(--ground);border-radius:20px;padding:6px 12px;box-shadow:0 2px 10px #0004}
:host([data-place="1"]) .open{bottom:60px}
:host([data-place="2"]) .open{bottom:104px}
.dot{width:10px;height:10px;border-radius:50%;background:var(--sleep);flex:none}
.signedIn{background:var(--good)}.stale{background:var(--bad)}.restoring{background:var(--wait)}
.panel{position:fixed;z-index:2147483001;inset:auto 16px 16px auto;width:min(760px,calc(100vw - 32px));height:min(500px,calc(100vh - 32px));display:flex;flex-direction:column;background:var(--ground);border:1px solid var(--line);border-radius:12px;box-shadow:0 8px 32px #0005;overflow:hidden}
header{display:flex;flex-wrap:wrap;align-items:center;gap:8px;padding:10px 12px 8px 16px}
h2{font-size:15px;line-height:1.3;margin:0}
.state{display:flex;align-items:center;gap:6px;color:var(--quiet);margin-inline-end:auto}
.actions{display:flex;gap:6px}
.heard{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
[role=tablist]{display:flex;gap:2px;padding:0 12px;border-bottom:1px solid var(--line);overflow-x:auto;flex:none;scrollbar-width:thin}
[role=tab]{background:none;border:0;border-bottom:2px solid transparent;border-radius:4px 4px 0 0;padding:6px 10px;white-space:nowrap;color:var(--quiet)}
[role=tab][aria-selected=true]{color:var(--accent);border-bottom-color:var(--accent)}
[role=tab]:focus-visible{outline-offset:-2px}
[role=tabpanel]{flex:1;overflow:auto;padding:14px 16px 16px}
h3{font-size:13px;margin:16px 0 8px}
dl{display:grid;grid-template-columns:minmax(100px,auto) 1fr;gap:4px 16px;margin:0}
dt{color:var(--quiet)}
dd{margin:0;overflow-wrap:anywhere;font-variant-numeric:tabular-nums}
.figures{grid-template-columns:repeat(auto-fill,minmax(140px,1fr));gap:8px}
.figures>div{background:var(--raised);border:1px solid var(--line);border-radius:8px;padding:8px 10px;min-width:0}
.figures dt{font-size:12px}
.figures dd{font-size:15px;font-weight:600}
.timeline{display:grid;grid-template-columns:auto 1fr;gap:4px 10px;margin:0 0 8px}
.lane-names{display:flex;flex-direction:column;justify-content:space-around;color:var(--quiet);font-size:12px;height:120px}
.lanes{width:100%;height:120px;display:block}
.axis{grid-column:2;display:flex;justify-content:space-between;color:var(--quiet);font-size:12px}
.latest{list-style:none;margin:0;padding:0}
.latest li{overflow-wrap:anywhere}
.latest time{color:var(--quiet);font-variant-numeric:tabular-nums}
.ground{fill:var(--raised)}
.bar.tokens{fill:var(--good)}.bar.refresh,.bar.event{fill:var(--accent)}.bar.failure,.bar.error{fill:var(--bad)}.bar.backoff{fill:var(--wait)}.bar.asleep{fill:var(--sleep)}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%}
th{text-align:start;font-weight:600;color:var(--quiet);font-size:12px}
th,td{padding:5px 14px 5px 0;border-bottom:1px solid var(--line);vertical-align:top}
table{min-width:540px}
td:first-child{white-space:nowrap;font-variant-numeric:tabular-nums}
.wrap{overflow-wrap:anywhere;display:inline-block;min-width:150px}
code{font:12px/1.5 ui-monospace,monospace}
.bad{color:var(--bad)}
.note,.empty{color:var(--quiet);margin:0 0 8px}
.warnings{margin:0;padding-inline-start:18px}
a{color:var(--accent)}
fieldset{border:0;margin:0 0 14px;padding:0;display:flex;flex-wrap:wrap;align-items:center;gap:6px}
legend{padding:0 0 6px;font-weight:600}
fieldset .note{margin:0}
.said{padding:0 16px;color:var(--quiet)}
.said:not(:empty){padding:6px 16px;border-top:1px solid var(--line)}
textarea{width:100%;height:140px;font:12px/1.4 ui-monospace,monospace;color:var(--text);background:var(--raised);border:1px solid var(--line);border-radius:6px}
.fallback{padding:8px 16px}
@media (max-width:520px){.panel{inset:auto 0 0;width:100%;height:min(560px,88vh);border-radius:12px 12px 0 0;border-inline:0;border-bottom:0}.open{inset:auto 8px 8px auto}.figures{grid-template-columns:1fr 1fr}header{padding-inline:12px 8px}}
@media (prefers-reduced-motion:no-preference){.panel{animation:rise .14s ease-out}@keyframes rise{from{transform:translateY(8px);opacity:0}}}
@media (forced-colors:active){.bar{forced-color-adjust:none}button[aria-pressed=true]{border-width:3px}}
`;

/** Constructed, so that `style-src 'self'` does not block it. `null` where browsers (and test environments) have none. */
export function styleSheet(): CSSStyleSheet | null {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLES);
    return sheet;
  } catch {
    return null;
  }
}
