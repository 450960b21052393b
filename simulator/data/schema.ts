/** Says whose file it is: `bgop` in ASCII. */
export const applicationId = 0x62_67_6f_70;

/** The version of the tables; grows when an older reader would misread them. */
export const tablesVersion = 1;

/** Tables of one organization. Records are JSON. */
export const schema = `
  CREATE TABLE facts (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
  CREATE TABLE operations (
    sequence INTEGER PRIMARY KEY,
    record TEXT NOT NULL,
    turn INTEGER,
    attempt INTEGER
  );
  CREATE TABLE deliveries (number INTEGER PRIMARY KEY, record TEXT NOT NULL);
  CREATE TABLE rows (kind TEXT NOT NULL, id TEXT NOT NULL, record TEXT NOT NULL, UNIQUE (kind, id));
  PRAGMA application_id = ${applicationId};
  PRAGMA user_version = ${tablesVersion};
`;
