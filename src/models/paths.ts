/** Which files hold models, by their place alone. */
import { isBystander } from '../frontends/paths.ts';

/** True for a file in which Rails looks for a model or a concern of one. */
export function isModelFile(path: string): boolean {
  return /(?:^|\/)app\/models\/.+\.rb$/.test(path) && !isBystander(path);
}

/** A model that a person wrote is not longer. In UTF-16 units. */
export const sizeLimit = 256 * 1024;
