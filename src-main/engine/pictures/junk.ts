/** A kind of files that other programs leave among pictures, named as it is shown. */
interface JunkKind {
  readonly name: string;
  readonly matches: RegExp;
}

const junkFolders: readonly JunkKind[] = [
  { name: '@eaDir', matches: /^@eadir$/i },
  { name: '@Recycle', matches: /^[@#](recycle|recently-snapshot|snapshot|tmp)$/i },
  { name: '__MACOSX', matches: /^__macosx$/i },
  { name: '.thumbnails', matches: /^\.(thumbnails?|thumbs?|sh_thumbnails|xvpics)$/i },
  { name: '.Trash', matches: /^\.trash/i },
  { name: '$RECYCLE.BIN', matches: /^(\$recycle\.bin|recycler|recycled)$/i },
  { name: 'System Volume Information', matches: /^system volume information$/i },
  { name: 'lost+found', matches: /^lost\+found$/i },
  { name: '.git', matches: /^\.(git|svn|hg|bzr)$/i },
  { name: '.ipynb_checkpoints', matches: /^\.ipynb_checkpoints$/i },
  { name: 'node_modules', matches: /^node_modules$/i },
  { name: '__pycache__', matches: /^__pycache__$/i },
  { name: '*.lrdata', matches: /\.(lrdata|cocatalogdb)$/i },
  { name: 'hidden folders', matches: /^\./ },
];

const junkFiles: readonly JunkKind[] = [
  { name: '._*', matches: /^\._/ },
  { name: 'Thumbs.db', matches: /^(eh)?thumbs(_vista)?\.db$/i },
  { name: 'desktop.ini', matches: /^desktop\.ini$/i },
  { name: '.DS_Store', matches: /^\.ds_store$/i },
  { name: '~$*', matches: /^~\$/ },
  { name: 'hidden files', matches: /^\./ },
];

/**
 * What kind of another program's files this is, by the name of a file or folder; null for what may be
 * a user's picture.
 */
export function junkKind(name: string, isFolder: boolean): string | null {
  const kinds = isFolder ? junkFolders : junkFiles;
  return kinds.find(({ matches }) => matches.test(name))?.name ?? null;
}

/** Files by their kind of junk, and how many of each. */
export type JunkCounts = Readonly<Record<string, number>>;
