/** Classes of the file: their methods and fields, as an object that calls can be made on. */
import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { evaluate, functionAt, placeOf } from './script-evaluate.ts';
import { broughtTo } from './script-import.ts';
import { inFile, type Machine } from './script-machine.ts';
import { fileOf, innerScope } from './script-scope.ts';
import type { Place, RecordValue, Root, Scope, Value } from './script-value.ts';

type ClassNode = TSESTree.ClassDeclaration | TSESTree.ClassExpression;
/** A class as a value. */
export type ClassValue = Extract<Value, { kind: 'class' }>;

/** Declares one. */
export function declareClass(code: ClassNode, scope: Scope): Value {
  return { kind: 'class', code, scope, ...placeOf(code) };
}

/** An object of the class. What it does not declare itself comes from `rest`, such as the methods of a framework's base class. */
export function instantiate(declared: ClassValue, machine: Machine, rest?: Root): RecordValue {
  const { code } = declared;
  const file = fileOf(declared.scope) ?? machine.file;
  const self: RecordValue = {
    kind: 'record',
    fields: new Map(),
    whole: code.superClass === null,
    ...(rest ? { rest } : {}),
    ...placeOf(code),
  };
  const scope = innerScope(declared.scope, self);
  inFile(machine, file, declared, () => {
    for (const member of code.body.body) addMember(member, self, scope, machine);
  });
  return self;
}

/** What the class itself holds under a name; undefined where it says nothing of it, as its base class may. */
export function staticOf(declared: ClassValue, name: string, at: Place, machine: Machine): Value | undefined {
  const member = declared.code.body.body.find(
    (each) =>
      (each.type === 'MethodDefinition' || each.type === 'PropertyDefinition') && each.static && keyOf(each) === name,
  );
  if (!member) return undefined;
  const holder: RecordValue = { kind: 'record', fields: new Map(), whole: false, ...placeOf(declared.code) };
  const scope = innerScope(declared.scope, declared);
  const file = fileOf(declared.scope) ?? machine.file;
  inFile(machine, file, declared, () => addMember(member, holder, scope, machine));
  const held = holder.fields.get(name);
  return held && file !== machine.file ? broughtTo(at, held) : held;
}

function addMember(member: TSESTree.ClassElement, self: RecordValue, scope: Scope, machine: Machine): void {
  if (member.type === 'MethodDefinition' && member.kind === 'method') {
    self.fields.set(keyOf(member), { ...functionAt(member.value, scope) });
    return;
  }
  if (member.type === 'PropertyDefinition' && member.value)
    self.fields.set(keyOf(member), evaluate(member.value, scope, machine));
}

function keyOf(member: TSESTree.MethodDefinition | TSESTree.PropertyDefinition): string {
  const { key } = member;
  if (key.type === 'Identifier') return key.name;
  if (key.type === 'PrivateIdentifier') return `#${key.name}`;
  return key.type === 'Literal' ? String(key.value) : '?';
}
