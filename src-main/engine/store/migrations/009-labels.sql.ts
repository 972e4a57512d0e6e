/**
 * Version 9: rules for labels, splits, labels by hand, tags, pictures left out of training, blank
 * pictures.
 */
export const labelsSchema = `
-- 'labels' is the rule: 'none', 'deepest', 'top', 'path', 'level:1' and so on, or 'file:' and a file's path.
-- 'isChosen' is 1 where a person chose it. 'takesJunk' lets in the files of other programs; 'leftOut'
-- is JSON: how many of them the last scan left out, by the name of what they are.
CREATE TABLE foldersWithRules (
  id INTEGER PRIMARY KEY,
  path TEXT NOT NULL UNIQUE,
  labels TEXT NOT NULL,
  isChosen INTEGER NOT NULL DEFAULT 0,
  takesJunk INTEGER NOT NULL DEFAULT 0,
  leftOut TEXT NOT NULL DEFAULT '{}',
  scannedAt INTEGER
);
INSERT INTO foldersWithRules (id, path, labels, isChosen, scannedAt) SELECT id, path,
  CASE labels WHEN 'folder' THEN 'level:1' ELSE 'none' END, labels = 'none', scannedAt FROM folders;
DROP TABLE folders;
ALTER TABLE foldersWithRules RENAME TO folders;

-- Several labels of a file stand in 'label' with U+001F between them, in order.
ALTER TABLE files ADD COLUMN split TEXT;

-- Content hashes, as in verdicts. Several labels have U+001F between them; '' says that there is none.
CREATE TABLE labelEdits (
  hash TEXT PRIMARY KEY,
  label TEXT NOT NULL,
  createdAt INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE pictureTags (
  hash TEXT NOT NULL,
  tag TEXT NOT NULL,
  PRIMARY KEY (hash, tag)
) WITHOUT ROWID;
CREATE TABLE leftOutOfTraining (hash TEXT PRIMARY KEY) WITHOUT ROWID;

-- 'blank' says why a picture shows nothing ('one-colour', 'transparent', 'one-pixel'); '' where it
-- shows something, NULL where nobody looked. 'note' is a sentence on what is wrong with its file.
ALTER TABLE samples ADD COLUMN blank TEXT;
ALTER TABLE samples ADD COLUMN note TEXT NOT NULL DEFAULT '';
`;
