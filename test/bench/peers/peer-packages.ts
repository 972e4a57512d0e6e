/** A Python module that a peer needs, and where it comes from. */
interface PeerPackage {
  readonly name: string;
  /** Its packages there, with blanks between. */
  readonly debian: string;
  readonly pip: string;
}

/** The Python modules of all peers. */
export const peerPackages = {
  // Debian's NumPy takes whichever BLAS is there, and the one that always is takes many times as long.
  numpy: { name: 'NumPy', debian: 'python3-numpy libopenblas0-pthread', pip: 'numpy' },
  sklearn: { name: 'scikit-learn', debian: 'python3-sklearn', pip: 'scikit-learn' },
  torch: { name: 'PyTorch', debian: 'python3-torch', pip: 'torch' },
  umap: { name: 'umap-learn', debian: 'umap-learn', pip: 'umap-learn' },
} as const satisfies Readonly<Record<string, PeerPackage>>;

export type PeerModule = keyof typeof peerPackages;

/** The command that installs the peers where Debian's packages are. */
export const installCommand = 'npm run bench:peers-install';

/** Why a peer cannot be measured, with the command that installs it; `looked` are the Pythons that were tried. */
export function missingPeerSentence(
  modules: readonly PeerModule[],
  looked: readonly string[],
): string {
  const names = modules.map((module) => peerPackages[module].name).join(' and ');
  const pip = modules.map((module) => peerPackages[module].pip).join(' ');
  const why = looked.length === 0 ? 'no Python starts here' : `not found by ${looked.join(' or ')}`;
  const [are, them] = modules.length === 1 ? ['is', 'it'] : ['are', 'them'];
  return `${names} ${are} not installed (${why}): "${installCommand}" installs ${them} on Debian and Ubuntu, "python3 -m pip install ${pip}" elsewhere; NEGATOSCOPE_PYTHON names another Python.`;
}
