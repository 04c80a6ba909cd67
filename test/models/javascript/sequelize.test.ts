import { expect, test } from 'vitest';
import { columnsIn, keysIn, read } from './read.ts';

function defined(options: string, name = 'User'): string {
  return `module.exports = (sequelize, DataTypes) => sequelize.define('${name}', { id: DataTypes.INTEGER, firstName: { type: DataTypes.STRING } }, ${options});`;
}

test.each([
  ["{ tableName: 'people' }", 'people', ['id?', 'firstName?']],
  ["{ tableName: 'people', schema: 'app', underscored: true }", 'app.people', ['id?', 'first_name?']],
  ['{ freezeTableName: true }', 'User', ['id?', 'firstName?']],
  ['{}', 'Users', ['id?', 'firstName?']],
  ['{ tableName: nameOf() }', undefined, ['id?', 'firstName?']],
  ['{ ...shared }', undefined, ['id?', 'firstName?']],
])('%s has the table %s', async (options, table, columns) => {
  const [model] = await read(defined(options), 'models/user.js');
  expect(model?.framework).toBe('sequelize');
  expect([model?.table, columnsIn(model)]).toEqual([table, columns]);
});

test.each(['Category', 'Person', 'Bus', 'Sheep1'])('the plural of %s is not guessed', async (name) => {
  const [model] = await read(defined('{}', name), 'models/user.js');
  expect(model?.table).toBeUndefined();
});

test('attributes are columns unless they are virtual, and none of their classes is known whole', async () => {
  const [model] = await read(`import { DataTypes, Model } from 'sequelize';
class User extends Model {}
User.init({
  id: { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true },
  mail: { type: DataTypes.STRING, field: 'email', allowNull: false, unique: true, defaultValue: '' },
  full: { type: new DataTypes.VIRTUAL(DataTypes.STRING) },
  shared: { ...common },
  state: DataTypes.ENUM('a', 'b'),
}, { sequelize, tableName: 'Users', indexes: [{ fields: ['mail', 'state'], unique: true }, { name: 'by_state', fields: ['state'] }, ...more] });`);
  expect(columnsIn(model)).toEqual(['id?', 'email', 'state?']);
  expect(model?.columns[1]).toMatchObject({ nullable: false, default: "''", hasDatabaseDefault: false });
  expect(keysIn(model)).toEqual(['unique email']);
  expect(model?.isWhole).toBe(false);
});

test('indexes are told by the columns of their attributes', async () => {
  const [model] = await read(`const { DataTypes } = require('sequelize');
sequelize.define('User', { mail: { type: DataTypes.STRING, field: 'email' } }, { tableName: 'Users', indexes: [{ fields: ['mail', 'state'], unique: true }, { name: 'by_state', fields: ['state'] }] });`);
  expect(keysIn(model)).toEqual(['unique email,state', 'index by_state state']);
});

test('classes with decorators are read', async () => {
  const [model] =
    await read(`import { AllowNull, Column, CreatedAt, DataType, Default, ForeignKey, HasMany, Table } from 'sequelize-typescript';
@Table({ tableName: 'documents', modelName: 'document' })
class Document extends ParanoidModel {
  @Column title: string;
  @AllowNull(false) @Default('x') @Column(DataType.STRING(10)) urlId: string;
  @Column({ type: DataType.TEXT, field: 'body' }) text: string;
  @Column(DataType.VIRTUAL) draft: string;
  @Column(options) other: string;
  @CreatedAt publishedAt: Date;
  @ForeignKey(() => User) @Column createdById: string;
  @HasMany(() => Star) stars: Star[];
}`);
  expect(model).toMatchObject({ framework: 'sequelize', table: 'documents', isWhole: false });
  expect(columnsIn(model)).toEqual(['title?', 'urlId?', 'body', 'publishedAt?', 'createdById?']);
  expect(model?.columns[1]).toMatchObject({ nullable: false, default: "'x'" });
});
