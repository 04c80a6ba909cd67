/** What extensions of PostgreSQL bring along that a schema can use. */

type Extension = { types?: readonly string[]; functions?: readonly string[] };

/** The types, and the functions and classes of operators, by the name of the extension: https://www.postgresql.org/docs/current/contrib.html, https://postgis.net/docs/manual-3.5/PostGIS_Types.html, https://github.com/pgvector/pgvector */
export const extensions: Partial<Record<string, Extension>> = {
  citext: { types: ['citext'] },
  cube: { types: ['cube'] },
  hstore: { types: ['hstore'] },
  isn: { types: ['ean13', 'isbn', 'isbn13', 'ismn', 'ismn13', 'issn', 'issn13', 'upc'] },
  ltree: { types: ['ltree', 'lquery', 'ltxtquery'] },
  pg_trgm: { functions: ['gin_trgm_ops', 'gist_trgm_ops', 'similarity', 'word_similarity'] },
  pgcrypto: { functions: ['crypt', 'digest', 'encrypt', 'gen_random_bytes', 'gen_salt', 'hmac'] },
  postgis: { types: ['geometry', 'geography', 'box2d', 'box3d'] },
  seg: { types: ['seg'] },
  unaccent: { functions: ['unaccent'] },
  'uuid-ossp': {
    functions: [
      'uuid_generate_v1',
      'uuid_generate_v1mc',
      'uuid_generate_v3',
      'uuid_generate_v4',
      'uuid_generate_v5',
      'uuid_nil',
    ],
  },
  vector: { types: ['vector', 'halfvec', 'sparsevec'] },
};
