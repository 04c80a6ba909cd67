/** A small reading of CommonMark, written apart from the renderer: what GitHub would act on in a comment. */

/** Everything outside of code: lines of fences and code spans are taken out, as CommonMark takes them. */
export function outsideOfCode(body: string): string {
  const kept: string[] = [];
  let fence: string | undefined;
  let paragraph: string[] = [];
  const endParagraph = () => {
    kept.push(withoutCodeSpans(paragraph.join('\n')));
    paragraph = [];
  };
  for (const raw of body.split('\n')) {
    const line = raw.replace(/^(?: {0,3}> ?)+/, '');
    const mark = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/.exec(line)?.[1];
    if (fence !== undefined) {
      const close = /^ {0,3}(`{3,}|~{3,})\s*$/.exec(line)?.[1];
      if (close !== undefined && close[0] === fence[0] && close.length >= fence.length) fence = undefined;
    } else if (mark !== undefined) {
      endParagraph();
      fence = mark;
    } else if (line.trim() === '' || /^\s*(?:[-*+]|\d+[.)])\s/.test(line)) {
      endParagraph();
      paragraph.push(line);
    } else paragraph.push(line);
  }
  endParagraph();
  if (fence !== undefined) kept.push('<unclosed-fence');
  return kept.join('\n');
}

function withoutCodeSpans(text: string): string {
  let result = '';
  for (let at = 0; at < text.length;) {
    if (text[at] === '\\') {
      result += text.slice(at, at + 2);
      at += 2;
    } else if (text[at] === '`') {
      const run = /^`+/.exec(text.slice(at))?.[0] ?? '`';
      const close = closeOf(text, at + run.length, run.length);
      result += close < 0 ? run : ' ';
      at = close < 0 ? at + run.length : close + run.length;
    } else result += text[at++];
  }
  return result;
}

function closeOf(text: string, from: number, length: number): number {
  for (const match of text.slice(from).matchAll(/`+/g)) if (match[0].length === length) return from + match.index;
  return -1;
}

/** What of a text GitHub would act on: mentions, tags, images, links, references and entities that hide one. */
export function actsIn(body: string): string[] {
  const text = outsideOfCode(body).replace(/\\([!-/:-@[-`{-~])/g, (_, character: string) =>
    ['@', '#', '<'].includes(character) ? character : ' ',
  );
  const patterns = [
    /(?<![\w`])@[a-z0-9]/gi,
    /<\/?[a-z!?]/gi,
    /!\[/g,
    /\]\(/g,
    /(?<!&)#\d/g,
    /GH-\d/gi,
    /(?:https?|ftp):\/\//gi,
    /www\./gi,
    /&#(?!36;)/g,
    /&(?!amp;|lt;|gt;|quot;|#36;)\w+;/g,
    /[\p{Cc}\u202a-\u202e\u2066-\u2069\u200e\u200f]/gu,
  ];
  return patterns.flatMap((pattern) => text.replaceAll('\n', ' ').match(pattern) ?? []);
}
