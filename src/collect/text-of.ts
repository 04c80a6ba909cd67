/** The text of one file of a host, or why there is none. */
import type { Host, ListedFile } from '../host.ts';

/** `unread` completes "could not be read: …". */
export type Text = { text: string } | { unread: string };

/** As the change leaves it. */
export async function textAfter(host: Host, file: ListedFile): Promise<Text> {
  return file.text === undefined ? blobText(host, file.blob) : { text: file.text };
}

/** The content of a blob. */
export async function blobText(host: Host, id: string | undefined): Promise<Text> {
  return id === undefined ? { unread: 'its content is not in the listing' } : host.blob(id);
}

/** One that was read, by its path. */
export function textEntry(path: string, text: Text | undefined): [string, string][] {
  return text && 'text' in text ? [[path, text.text]] : [];
}
