/** Classes with decorators, as TypeORM, MikroORM and sequelize-typescript declare their tables. */
import type { ScriptNode } from '../../frontends/syntax/script-tree.ts';
import { keyOf } from './literal.ts';
import { originOf, type ScriptClass, type ScriptFile } from './script-file.ts';

/** `module` is empty for one of the file itself. */
export type Decorator = { name: string; module: string; arguments: ScriptNode[]; node: ScriptNode };

export type Member = {
  name: string;
  key: ScriptNode;
  decorators: Decorator[];
  /** What a new object has there. */
  value?: ScriptNode;
  isMethod: boolean;
};

export type DecoratedClass = {
  node: ScriptClass;
  name: string;
  named: ScriptNode;
  decorators: Decorator[];
  superclass?: { name: string; module: string };
  members: Member[];
};

/** Those that have a name and a decorator of one of the modules. */
export function decoratedClasses(file: ScriptFile, isOwn: (module: string) => boolean): DecoratedClass[] {
  return file.classes.flatMap((node) => {
    const decorators = decoratorsOf(node.decorators, file);
    if (!node.id || !decorators.some(({ module }) => isOwn(module))) return [];
    const superclass = node.superClass && superclassOf(node.superClass, file);
    return [
      {
        node,
        name: node.id.name,
        named: node.id,
        decorators,
        ...(superclass ? { superclass } : {}),
        members: node.body.body.flatMap((member) => memberOf(member, file) ?? []),
      },
    ];
  });
}

/** The decorators of the class, and then those of each member. */
export function decoratorsIn({ decorators, members }: DecoratedClass): { decorators: Decorator[]; member?: Member }[] {
  return [{ decorators }, ...members.map((member) => ({ decorators: member.decorators, member }))];
}

/** The first decorator of that name that one of the modules gives. */
export function findDecorator(
  decorators: readonly Decorator[],
  isOwn: (module: string) => boolean,
  ...names: readonly string[]
): Decorator | undefined {
  return decorators.find(({ module, name }) => isOwn(module) && names.includes(name));
}

/** Packages whose decorators make no column. */
const strangers = /^(?:class-validator|class-transformer|type-graphql|graphql|reflect-metadata|@nestjs\/.*)$/;

/** True where every decorator of its members is known, so that none of them hides a column, and nothing is inherited from elsewhere. */
export function hidesNothing({ members, superclass }: DecoratedClass, isOwn: (module: string) => boolean): boolean {
  if (superclass && !isOwn(superclass.module)) return false;
  return members.every(({ decorators }) => decorators.every(({ module }) => isOwn(module) || strangers.test(module)));
}

function decoratorsOf(nodes: readonly { expression: ScriptNode }[] | undefined, file: ScriptFile): Decorator[] {
  return (nodes ?? []).flatMap(({ expression: node }) => {
    const called = node.type === 'CallExpression' ? node.callee : node;
    const origin = originOf(called, file);
    const name = origin?.name ?? (called.type === 'Identifier' ? called.name : '?');
    const given = node.type === 'CallExpression' ? node.arguments : [];
    return [{ name, module: origin?.module ?? '', arguments: given, node }];
  });
}

function superclassOf(node: ScriptNode, file: ScriptFile): { name: string; module: string } {
  const origin = originOf(node, file);
  const name = origin?.name ?? (node.type === 'Identifier' ? node.name : '?');
  return { name, module: origin?.module ?? '' };
}

function memberOf(node: ScriptClass['body']['body'][number], file: ScriptFile): Member | undefined {
  if (node.type === 'StaticBlock' || node.type === 'TSIndexSignature' || !('key' in node)) return undefined;
  const name = keyOf(node);
  if (name === undefined) return undefined;
  const value = node.type === 'PropertyDefinition' ? node.value : null;
  return {
    name,
    key: node.key,
    decorators: decoratorsOf(node.decorators, file),
    ...(value ? { value } : {}),
    isMethod: node.type === 'MethodDefinition' || node.type === 'TSAbstractMethodDefinition',
  };
}
