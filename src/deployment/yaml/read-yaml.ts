/** YAML → what it says of migrations: each document is asked what it is. */
import type { DeploymentFact } from '../../operations/deployment.ts';
import type { Reader } from '../reader.ts';
import { isCompose, readCompose } from './compose.ts';
import { parseYaml } from './document.ts';
import { isJsonPatch, isKustomization, readJsonPatch, readKustomization } from './kustomize.ts';
import { isObject, readKubernetes } from './kubernetes.ts';
import { readResetSwitches } from './reset-switches.ts';
import { readAddresses } from '../addresses.ts';
import { isValues, readValues } from './values.ts';
import { readPipeline } from './pipelines.ts';
import { isComposite, isWorkflow, readComposite, readWorkflow } from './workflow.ts';

/** The facts of a file. */
export function readYaml(reader: Reader): DeploymentFact[] {
  const yaml = parseYaml(reader);
  if ('unreadable' in yaml) {
    const { path } = reader;
    const span = { path, startLine: yaml.line, endLine: yaml.line, startColumn: 1, endColumn: 1 };
    return [{ kind: 'unreadable', reason: yaml.unreadable, span }];
  }
  const { documents } = yaml;
  if (documents.some(isComposite)) return documents.flatMap((each) => readComposite(each, yaml));
  const pipelines = documents.map((each) => readPipeline(each, yaml));
  if (pipelines.some((each) => each !== undefined)) return pipelines.flatMap((each) => each ?? []);
  if (reader.path.startsWith('.github/'))
    return documents.filter(isWorkflow).flatMap((each) => readWorkflow(each, yaml));
  return [
    ...readKubernetes(documents.filter(isObject), yaml),
    ...documents.filter((each) => isKustomization(each, yaml)).flatMap((each) => readKustomization(each, yaml)),
    ...documents.filter(isJsonPatch).flatMap((each) => readJsonPatch(each, undefined, yaml)),
    ...documents.filter(isCompose).flatMap((each) => readCompose(each, yaml)),
    ...(isValues(yaml) ? documents.flatMap((each) => readValues(each, yaml)) : []),
    ...documents.flatMap((each) => readResetSwitches(each, yaml)),
    ...readAddresses(reader, true),
  ];
}
