/** The Ruby of a template, each piece at its own place: what is written around it becomes white space. */

/** `<% … %>` and `<%= … %>`; a comment, `<%# … %>`, and `<%%` hold none. */
export function rubyIn(template: string): string {
  let ruby = '';
  let at = 0;
  while (at < template.length) {
    const open = template.indexOf('<%', at);
    const close = open === -1 ? -1 : template.indexOf('%>', open + 2);
    if (close === -1) break;
    ruby += blank(template.slice(at, open));
    const inside = template.slice(open + 2, close);
    const isCode = !inside.startsWith('#') && !inside.startsWith('%');
    ruby += isCode ? `  ${withoutMarks(inside)};` : blank(template.slice(open, close + 1));
    ruby += ' ';
    at = close + 2;
  }
  return ruby + blank(template.slice(at));
}

/** `<%= -%>`: what says how it is printed. */
function withoutMarks(inside: string): string {
  const start = inside.startsWith('==') ? 2 : inside.startsWith('=') || inside.startsWith('-') ? 1 : 0;
  const end = inside.endsWith('-') ? inside.length - 1 : inside.length;
  return `${' '.repeat(start)}${inside.slice(start, Math.max(start, end))}${' '.repeat(inside.length - Math.max(start, end))}`;
}

function blank(text: string): string {
  return text.replace(/[^\r\n]/g, ' ');
}
