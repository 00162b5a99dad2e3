/** The one style sheet. Colours hold WCAG AA on their backgrounds in both schemes (a test asks axe). */
export const style = `
:root{color-scheme:light dark;--bg:#fafaf9;--panel:#fff;--ink:#1b1e22;--soft:#535c67;--line:#d9dce0;--edge:#767f8b;
--ok:#146c3f;--run:#1a56ae;--wait:#8a5606;--bad:#a61b10;--okbg:#e3f3ea;--runbg:#e5edfa;--waitbg:#fbf0da;--badbg:#fbe8e5;--todo:#e7e9ec;--off:#eeeff1;--now:#a61b10}
@media(prefers-color-scheme:dark){:root{--bg:#131519;--panel:#1a1d22;--ink:#e9ebee;--soft:#a9b2be;--line:#30353d;--edge:#848d99;
--ok:#6bdba4;--run:#8ab6ff;--wait:#f2c773;--bad:#ffa297;--okbg:#163024;--runbg:#172944;--waitbg:#372b12;--badbg:#41211d;--todo:#2a2f36;--off:#20242a;--now:#ffa297}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif}
a{color:var(--run)}
:focus-visible{outline:3px solid var(--run);outline-offset:2px;border-radius:4px}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:.5rem;background:var(--panel);padding:.5rem 1rem;z-index:2}
.visually-hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.top{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;align-items:center;padding:.75rem 1.5rem;border-bottom:1px solid var(--line);background:var(--panel)}
.home{font-weight:650;text-decoration:none;color:inherit}.reader{margin-left:auto;color:var(--soft)}
.banner{color:var(--wait);background:var(--waitbg);border:1px solid currentColor;border-radius:5px;padding:0 .6rem;letter-spacing:.06em;font-size:.85rem}
main{max-width:76rem;margin:0 auto;padding:1.25rem 1.5rem 4rem}
h1{font-size:1.5rem;line-height:1.25;margin:.25rem 0;overflow-wrap:anywhere}h2{font-size:1.1rem;margin:0 0 .75rem}h3{font-size:1rem;margin:0 0 .25rem}
p{margin:.4rem 0}.soft{color:var(--soft)}.small{font-size:.9rem}code{font-size:.9em;overflow-wrap:anywhere}
.panel{background:var(--panel);border:1px solid var(--line);border-radius:10px;padding:1rem 1.25rem;margin-top:1rem;min-width:0}
.row{display:flex;flex-wrap:wrap;gap:.5rem 1.25rem;align-items:baseline;justify-content:space-between}
.columns{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,26rem),1fr));gap:0 1rem;align-items:start}
.turn{border-left:6px solid var(--run)}.turn.people{border-left-color:var(--wait);background:var(--waitbg)}.turn.microsoft{border-left-color:var(--wait)}
.turn.finding{border-left-color:var(--bad);background:var(--badbg)}.turn.completed{border-left-color:var(--ok);background:var(--okbg)}
.turn .headline{font-size:1.2rem;font-weight:650;margin:0}
.pill{display:inline-block;border-radius:99px;padding:.05rem .7rem;font-size:.9rem;font-weight:600;white-space:nowrap;color:var(--soft);background:var(--todo)}
.pill.done,.pill.completed{color:var(--ok);background:var(--okbg)}.pill.working,.pill.running{color:var(--run);background:var(--runbg)}
.pill.waiting,.pill.people,.pill.microsoft{color:var(--wait);background:var(--waitbg)}.pill.finding,.pill.failed,.pill.cancelled{color:var(--bad);background:var(--badbg)}
.facts{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1rem;margin:0}.facts dt{color:var(--soft)}.facts dd{margin:0;overflow-wrap:anywhere}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;list-style:none;margin:.5rem 0 0;padding:0}nav [aria-current]{font-weight:650;color:inherit;text-decoration:none}
.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.95rem}th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;border-bottom:1px solid var(--line)}
thead th{color:var(--soft);font-weight:600;white-space:nowrap}td{overflow-wrap:anywhere}
.timeline th[scope=row],.timeline td:first-child{width:15rem;font-weight:500}.timeline td,.timeline th{padding:.2rem .5rem;border-bottom:0}
.timeline .lane th{padding-top:.8rem;color:var(--soft);font-weight:600;border-bottom:1px solid var(--line)}
.timeline svg{display:block;width:100%;height:1.6rem}.timeline .state{width:13rem}.timeline .own{display:none}.timeline .vault{display:block;font-size:.85rem;color:var(--soft);font-weight:400}
.days{display:flex;padding:0;margin:0;list-style:none;font-size:.8rem;font-weight:400}.days li{flex:1 1 0;min-width:0;text-align:center;white-space:nowrap;overflow:hidden;text-overflow:clip}
.days .off{color:var(--soft);text-decoration:line-through;text-decoration-color:var(--edge)}.days .today{font-weight:700;color:var(--now)}
.f-off{fill:var(--off)}.f-todo{fill:var(--todo)}.f-done{fill:var(--ok)}.f-working{fill:var(--run)}.f-waiting{fill:var(--wait)}.f-finding{fill:var(--bad)}.f-now{fill:var(--now)}.f-line{fill:var(--line)}
.sla{display:flex;flex-wrap:wrap;gap:.4rem;list-style:none;margin:.6rem 0 0;padding:0}.sla li{border:1px solid var(--edge);border-radius:6px;padding:.15rem .6rem;font-size:.9rem;background:var(--panel)}
.sla li.past{background:var(--okbg);border-color:var(--ok)}.sla li.today{outline:2px solid var(--now)}
form{margin:.6rem 0 0}.field{margin:.6rem 0}.field label{display:block;font-weight:550}.field .help{color:var(--soft);font-size:.9rem}
input:not([type=checkbox]),textarea,select{font:inherit;color:inherit;background:var(--bg);border:1px solid var(--edge);border-radius:6px;padding:.45rem .6rem;width:100%;max-width:40rem}
textarea{min-height:5.5rem}textarea.code{font:0.9rem/1.45 ui-monospace,monospace;min-height:22rem;max-width:none}
.check{display:flex;gap:.6rem;align-items:flex-start}.check input{width:1.2rem;height:1.2rem;margin:.15rem 0 0;flex:none}.check label{font-weight:400}
button{font:inherit;font-weight:600;min-height:2.4rem;padding:.4rem 1.1rem;border-radius:7px;border:1px solid var(--run);background:var(--run);color:var(--panel);cursor:pointer}
button.quiet{background:none;color:var(--run)}button.danger{background:none;border-color:var(--bad);color:var(--bad)}
details summary{cursor:pointer;padding:.3rem 0;color:var(--run);font-weight:550}
.task+.task,.finding+.finding{border-top:1px solid var(--line);padding-top:.9rem;margin-top:.9rem}
.faults{border:2px solid var(--bad);border-radius:8px;padding:.75rem 1rem;background:var(--badbg)}
li.inner{margin-left:1.5rem}.document td:first-child{white-space:nowrap}.document td{overflow-wrap:break-word}.document td code{overflow-wrap:anywhere}
ul.plain{padding-left:1.2rem;margin:.4rem 0}pre{white-space:pre-wrap;overflow-wrap:anywhere;background:var(--bg);border:1px solid var(--line);border-radius:8px;padding:.8rem 1rem;font-size:.88rem}
.filters{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:end}.filters .field{margin:0}.filters input,.filters select{width:auto;min-width:11rem}
@media(max-width:46rem){body{font-size:15px}main{padding:1rem .9rem 3rem}.top{padding:.6rem .9rem}.reader{margin-left:0;width:100%;font-size:.9rem;overflow-wrap:anywhere}.panel{padding:.85rem .9rem}
.timeline,.timeline tbody,.timeline tr,.timeline th,.timeline td{display:block;width:auto!important}.timeline thead .corner,.timeline thead .state{display:none}.timeline tr{padding:.2rem 0}.timeline .state{white-space:normal}
.stack thead{display:none}.stack tr{display:block;border-bottom:1px solid var(--line);padding:.5rem 0}.stack td,.stack th{display:block;border:0;padding:.1rem 0}.days.many li:not(.month){font-size:0}.days .weekday{display:none}.days{font-size:.75rem}.days li{white-space:normal;overflow:visible}}
@media(prefers-reduced-motion:no-preference){.fresh{animation:fresh 1.6s}@keyframes fresh{from{background:var(--runbg)}}}
@media print{.top a,form,nav,button{display:none}.panel{break-inside:avoid}}
`
