/** Keeps V8 from growing the space that new objects are made in. */
import { setFlagsFromString } from 'node:v8';

/**
 * It doubles while reviews follow each other, up to some hundred megabytes that an idle server never gives back; what lives on takes
 * twenty. Called before anything large is loaded.
 */
export function keepNurserySmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}
