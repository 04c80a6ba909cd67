/** Which files hold models, by their place alone. */
import { isBystander } from '../frontends/paths.ts';

/** True for a file in which Rails looks for a model or a concern of one. */
export function isModelFile(path: string): boolean {
  return /(?:^|\/)app\/models\/.+\.rb$/.test(path) && !isBystander(path);
}
