import { fromErrorReport } from '../../src-main/contract/errors.ts';
import type { JobStatus } from '../../src-main/contract/jobs.ts';
import { AnchorLedgerState } from './anchor-ledger.svelte.ts';
import { readAnchorLink, withAnchorLink } from './anchor-link.ts';
import { AnchorState } from './anchor.svelte.ts';
import { Connection, type ConnectEngine } from './connection.svelte.ts';
import { Devices } from './devices.svelte.ts';
import { ExploreView } from './explore-view.svelte.ts';
import { ExplanationState, type CandidateSet } from './explanation.svelte.ts';
import { Focus } from './focus.svelte.ts';
import { JudgedPictures } from './judged-pictures.svelte.ts';
import { Jobs } from './jobs.svelte.ts';
import { Layout } from './layout.svelte.ts';
import { LibraryState } from './library.svelte.ts';
import { MapLook } from './map-look.svelte.ts';
import { Notices } from './notices.svelte.ts';
import { PictureNumbersState } from './picture-numbers.svelte.ts';
import { Pins } from './pins.svelte.ts';
import { Places } from './places.svelte.ts';
import { Runs } from './runs.svelte.ts';
import { ledgerNegatives, withOthersEasy, type ShownNegatives } from './shown-negatives.ts';
import { Theme } from './theme.svelte.ts';

/** Every concern of the window, and what one must do when another changes. */
export class AppState {
  readonly notices = new Notices();
  readonly places = new Places();
  readonly theme = new Theme();
  readonly layout = new Layout();
  readonly anchor = new AnchorState();
  readonly focus = new Focus();
  readonly explore = new ExploreView();
  readonly pins = new Pins();
  readonly connection: Connection;
  readonly library: LibraryState;
  readonly devices: Devices;
  readonly jobs: Jobs;
  readonly runs: Runs;
  readonly explanation: ExplanationState;
  readonly ledger: AnchorLedgerState;
  readonly numbers: PictureNumbersState;
  readonly judged: JudgedPictures;
  readonly mapLook: MapLook;
  isReady = $state(false);
  /** The negatives that the map marks: the explanation's, or those that the training recorded. */
  readonly shownNegatives: ShownNegatives | null = $derived.by(() => {
    const { pictures } = this.library;
    const { candidateSet, current } = this.explanation;
    if (candidateSet === 'training') {
      const recorded = this.ledger.current;
      if (!recorded) return null;
      return withOthersEasy(ledgerNegatives(recorded, pictures), recorded.anchor.id, pictures);
    }
    return current?.batch ? withOthersEasy(current, current.anchor.id, pictures) : current;
  });

  constructor(connect: ConnectEngine) {
    this.connection = new Connection(connect);
    this.library = new LibraryState(this.connection);
    this.devices = new Devices(this.connection);
    this.jobs = new Jobs(this.connection);
    this.runs = new Runs(this.connection);
    this.explanation = new ExplanationState(this.connection);
    this.ledger = new AnchorLedgerState(this.connection);
    this.numbers = new PictureNumbersState(this.connection, () => this.library.pictures);
    this.judged = new JudgedPictures(this.connection);
    this.mapLook = new MapLook(this);
    this.connection.on('library', () => void this.attempt(() => this.#refreshLibrary()));
    this.connection.on('verdicts', () => void this.attempt(() => this.judged.refresh()));
    this.connection.on('runs', ({ run }) => void this.attempt(() => this.runs.refresh(run)));
    this.jobs.onEnded((job) => void this.attempt(() => this.#afterJob(job)));
  }

  /** Connects and reads what the window shows; call again after the link was lost. */
  async start(): Promise<void> {
    const linked = location.hash;
    await this.connection.open();
    if (this.connection.state !== 'open') return;
    await this.attempt(() => this.#refreshAll());
    await this.openLink(linked);
    this.isReady = true;
    await this.attempt(() => this.devices.refresh());
  }

  attempt<T>(work: () => Promise<T>): Promise<T | null> {
    return this.notices.attempt(work);
  }

  /** Opens a folder's library and looks for pictures in it. */
  async openFolder(folder: string, labels: 'folder' | 'none'): Promise<void> {
    await this.attempt(async () => {
      await this.library.openFolder(folder);
      this.#startOver();
      await this.#refreshAll();
      await this.jobs.start('scan', { folder, labels });
      this.places.go('library');
    });
  }

  async openLibraryFile(file: string): Promise<void> {
    await this.attempt(async () => {
      await this.library.openFile(file);
      this.#startOver();
      await this.#refreshAll();
      this.places.go(this.runs.list.some((run) => run.mapped) ? 'explore' : 'library');
    });
  }

  /** Embeds with the starter encoder: a map to look at with no training. */
  async startWithStarter(): Promise<void> {
    await this.attempt(() => this.jobs.start('embed', { encoder: 'starter' }));
  }

  /** Makes a picture the anchor and explains it in the current run. */
  async chooseAnchor(id: number): Promise<void> {
    this.anchor.set(id);
    this.explore.openBin = null;
    this.explore.inspectedId = null;
    await this.explainAnchor();
  }

  /** Opens the anchor that an address links to, in its run; other addresses change nothing. */
  async openLink(fragment: string): Promise<void> {
    const link = readAnchorLink(fragment);
    if (!link || !this.library.isOpen) return;
    const { pictures } = this.library;
    const row = pictures.columns.hashes.findIndex((hash) => hash.startsWith(link.anchor));
    if (row < 0) {
      this.notices.tell(
        'The linked anchor is not in this library: open the one it was linked from.',
      );
      return;
    }
    const isRun = this.runs.list.some(({ run }) => run === link.run);
    if (link.run !== null && isRun && link.run !== this.runs.currentNumber) {
      await this.attempt(() => this.runs.choose(link.run ?? 0));
    }
    this.places.go('explore');
    await this.chooseAnchor(pictures.idAt(row));
  }

  /** Compares the anchor with other candidates. */
  async compareWith(candidateSet: CandidateSet): Promise<void> {
    this.explore.openBin = null;
    this.explore.inspectedId = null;
    this.explanation.candidateSet = candidateSet;
    await this.explainAnchor();
  }

  async chooseRun(run: number): Promise<void> {
    await this.attempt(() => this.runs.choose(run));
    await this.explainAnchor();
  }

  /** Explains the anchor of the moment, or clears the explanation when nothing can be explained. */
  async explainAnchor(): Promise<void> {
    const run = this.runs.current;
    const { id } = this.anchor;
    if (id === null || !run?.embedded || this.library.pictures.rowOf(id) < 0) {
      this.explanation.clear();
      this.ledger.clear();
      this.#showAddress(null);
      return;
    }
    const hash = this.library.pictures.hashOf(id);
    this.#showAddress({ anchor: hash, run: run.run });
    const isRecorded = this.explanation.candidateSet === 'training';
    await Promise.all([
      this.attempt(() => this.explanation.explain(run.run, hash)),
      isRecorded ? this.attempt(() => this.ledger.load(run.run, hash)) : null,
    ]);
  }

  #showAddress(link: Parameters<typeof withAnchorLink>[1]): void {
    const fragment = withAnchorLink(location.hash, link);
    history.replaceState(null, '', `${location.pathname}${location.search}${fragment}`);
  }

  #startOver(): void {
    this.anchor.reset();
    this.explanation.clear();
    this.ledger.clear();
    this.explore.inspectedId = null;
    this.focus.clear();
    this.runs.currentNumber = null;
  }

  async #refreshLibrary(): Promise<void> {
    const file = this.library.status?.file;
    await this.library.refresh();
    this.pins.open(this.library.status?.file ?? null);
    if (file !== this.library.status?.file) this.#startOver();
  }

  async #refreshAll(): Promise<void> {
    await this.library.refresh();
    this.pins.open(this.library.status?.file ?? null);
    await this.jobs.refresh();
    if (this.library.isOpen) {
      await this.runs.refresh();
      await this.judged.refresh();
      await this.explainAnchor();
    }
    if (this.runs.list.some((run) => run.mapped)) this.places.go('explore');
  }

  async #afterJob(job: JobStatus): Promise<void> {
    if (job.error) this.notices.fail(fromErrorReport(job.error));
    if (job.kind === 'scan') await this.#refreshLibrary();
    await this.runs.refresh(job.run);
    const run = this.runs.ofJob(job);
    if (job.state !== 'done' || !run) return;
    const isEmbedded = job.kind === 'train' || job.kind === 'embed';
    if (isEmbedded && !run.mapped) await this.jobs.start('map', { run: run.run });
    if (job.kind === 'map') await this.#showMap(run.run);
  }

  async #showMap(run: number): Promise<void> {
    if (this.runs.currentNumber !== run) await this.runs.choose(run);
    await this.explainAnchor();
    this.notices.tell(`The map of “${this.runs.current?.name ?? run}” is ready.`);
  }
}
