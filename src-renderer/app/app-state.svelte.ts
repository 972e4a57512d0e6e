import { fromErrorReport } from '../../src-main/contract/errors/errors.ts';
import type { LabelRule } from '../../src-main/contract/label-rule.ts';
import type { JobStatus } from '../../src-main/contract/jobs.ts';
import { AnchorLedgerState } from './anchor/anchor-ledger.svelte.ts';
import { linkToFollow, showAnchorLink } from './links/anchor-link.ts';
import { AskedFor } from './jobs/asked-for.ts';
import { AnchorState } from './anchor/anchor.svelte.ts';
import { PayState } from './pay/pay.svelte.ts';
import { ComparisonState } from './runs/comparison.svelte.ts';
import { Connection, type ConnectEngine } from '../connection/connection.svelte.ts';
import { Devices } from './training/devices.svelte.ts';
import { Encoders } from './runs/encoders.svelte.ts';
import { ExplorePageState } from './anchor/explore-page.svelte.ts';
import { ExplanationState, type CandidateSet } from './anchor/explanation.svelte.ts';
import { Focus } from './filters/focus.svelte.ts';
import { showJobEnd } from './jobs/job-news.ts';
import { JudgedPictures } from './verdicts/judged-pictures.svelte.ts';
import { Jobs } from './jobs/jobs.svelte.ts';
import { Layout } from './window/layout.svelte.ts';
import { LibraryPageState } from './library/library-page.svelte.ts';
import { rememberFolder } from './library/last-folder.ts';
import { LibraryState } from './library/library.svelte.ts';
import { followLabels } from './labels/follow-labels.ts';
import { LabelRules } from './labels/label-rules.svelte.ts';
import { tellGoneFolders } from './folders/gone-folders.ts';
import { MapLook } from './map/map-look.svelte.ts';
import { Memory } from './window/memory.ts';
import { NearDuplicatesState } from './library/near-duplicates.svelte.ts';
import { Notices } from './window/notices.svelte.ts';
import { PictureMarksState } from './library/picture-marks.svelte.ts';
import { PictureNumbersState } from './library/picture-numbers.svelte.ts';
import { openLinked } from './links/open-linked.ts';
import { Pins } from './anchor/pins.svelte.ts';
import { Pages } from './window/pages.svelte.ts';
import { Review } from './verdicts/review.svelte.ts';
import { RunTable } from './runs/runs-table.svelte.ts';
import { Runs } from './runs/runs.svelte.ts';
import {
  binSettings,
  ledgerNegatives,
  withOthersEasy,
  type ShownNegatives,
} from './anchor/shown-negatives.ts';
import { TextSearch } from './library/text-search.svelte.ts';
import { tellMap } from './jobs/tell-map.ts';
import { tellPay } from './pay/show-pay.ts';
import { Theme } from './window/theme.svelte.ts';
import { whenIdle } from './window/when-idle.ts';
import { TrainForm } from './training/train-form.svelte.ts';
import { UndoHistory } from './undo/undo-history.svelte.ts';
import { VerdictHistory } from './verdicts/verdict-history.svelte.ts';
import { startOver } from './remembered/start-over.ts';
import { WindowRecall } from './remembered/window-recall.svelte.ts';

/** Holds every state of the window, and updates one when another changes. */
export class AppState {
  readonly notices = new Notices();
  readonly pages = new Pages();
  readonly theme: Theme;
  readonly layout: Layout;
  readonly undoHistory = new UndoHistory();
  readonly anchor = new AnchorState();
  readonly focus = new Focus();
  readonly explore = new ExplorePageState();
  readonly libraryPage = new LibraryPageState();
  readonly pins: Pins;
  readonly connection: Connection;
  readonly memory: Memory;
  readonly library: LibraryState;
  readonly labelRules: LabelRules;
  readonly devices: Devices;
  readonly encoders: Encoders;
  readonly jobs: Jobs;
  readonly asked: AskedFor;
  readonly runs: Runs;
  readonly comparison: ComparisonState;
  readonly pay = new PayState(() => this.jobs);
  readonly runTable: RunTable;
  readonly explanation: ExplanationState;
  readonly ledger: AnchorLedgerState;
  readonly numbers: PictureNumbersState;
  readonly judged: JudgedPictures;
  readonly marks: PictureMarksState;
  readonly nearDuplicates: NearDuplicatesState;
  readonly verdicts: VerdictHistory;
  readonly review: Review;
  readonly textSearch: TextSearch;
  readonly mapLook: MapLook;
  readonly recall: WindowRecall;
  /** What is filled in for the next training; another library begins anew. */
  trainForm = $state.raw(new TrainForm(() => this.trainable));
  isReady = $state(false);
  /** The negatives that the map marks: the explanation's, or those that the training recorded. */
  readonly shownNegatives: ShownNegatives | null = $derived.by(() => {
    const { pictures } = this.library;
    const { candidateSet, current } = this.explanation;
    if (candidateSet === 'training') {
      const recorded = this.ledger.current;
      if (!recorded) return null;
      const run = this.runs.withNumber(this.explanation.run);
      const settings = binSettings(run, this.explanation.knobs);
      const negatives = ledgerNegatives(recorded, pictures, this.judged.pairs, settings);
      return withOthersEasy(negatives, recorded.anchor.id, pictures);
    }
    return current?.batch ? withOthersEasy(current, current.anchor.id, pictures) : current;
  });

  /** How many pictures a training is on: those that nobody left out. */
  readonly trainable: number = $derived.by(() => {
    const isHere = (hash: string): boolean => this.library.pictures.rowOfHash(hash) >= 0;
    const leftOut = [...this.marks.leftOut].filter(isHere).length;
    return (this.library.status?.images ?? 0) - leftOut;
  });

  /**
   * How many openings of a library are under way: meanwhile its change events are ignored, since
   * everything is read at the end.
   */
  #opening = 0;

  /** `now` gives milliseconds since 1970. */
  constructor(connect: ConnectEngine, now: () => number) {
    this.connection = new Connection(connect);
    this.memory = new Memory(this.connection, now);
    this.theme = new Theme(this.memory);
    this.layout = new Layout(this.memory);
    this.pins = new Pins(this.memory);
    this.library = new LibraryState(this.connection);
    this.labelRules = new LabelRules(this.connection);
    this.devices = new Devices(this.connection);
    this.encoders = new Encoders(this.connection);
    this.asked = new AskedFor(() => ({
      run: this.runs.currentNumber,
      anchor: this.anchor.id,
      page: this.pages.current,
    }));
    this.jobs = new Jobs(this.connection, this.asked);
    this.runs = new Runs(this.connection);
    this.comparison = new ComparisonState(this.connection);
    this.explanation = new ExplanationState(this.connection);
    this.ledger = new AnchorLedgerState(this.connection);
    this.numbers = new PictureNumbersState(this.connection, () => this.library.pictures);
    this.judged = new JudgedPictures(this.connection);
    this.marks = new PictureMarksState(this.connection);
    this.textSearch = new TextSearch(this.connection);
    this.nearDuplicates = new NearDuplicatesState(this.connection);
    const pathOf = (hash: string): string | null => this.library.pictures.pathOfHash(hash);
    const { connection, judged, notices, undoHistory } = this;
    this.verdicts = new VerdictHistory({ connection, judged, notices, undoHistory, now });
    this.runTable = new RunTable(this);
    this.review = new Review({
      ...{ connection, judged, history: this.verdicts, pathOf, focus: this.focus },
      goThere: () => this.pages.go('review'),
    });
    this.mapLook = new MapLook(this);
    this.recall = new WindowRecall(this, this.memory, now);
    this.library.onRelabelled(() => followLabels(this));
    const restore = (): void => void (this.pages.backupsOf = 'wanted');
    this.notices.remedies = { 'library-damaged': { name: 'Restore a backup…', run: restore } };
    this.connection.on('fault', (report) => this.notices.fail(fromErrorReport(report)));
    this.connection.on('library', () => void this.attempt(() => this.#refreshLibrary()));
    this.connection.on('verdicts', () => void this.attempt(() => this.#refreshVerdicts()));
    this.connection.on('marks', () => void this.attempt(() => this.marks.refresh()));
    this.connection.on('runs', ({ run }) => void this.attempt(() => this.runs.refresh(run)));
    this.jobs.onEnded((job) => void this.attempt(() => this.#afterJob(job)));
  }

  /** Connects and reads what the window shows; call again after the link was lost. */
  async start(): Promise<void> {
    const link = linkToFollow(!this.isReady);
    await this.connection.open();
    if (this.connection.state !== 'open') return;
    await this.attempt(() => this.memory.refresh());
    this.theme.recall();
    this.layout.recall();
    await this.#open(() => this.#refreshAll());
    if (link !== null) await this.openLink(link);
    this.isReady = true;
    // For the devices the engine loads ONNX Runtime, which the first map is not to wait for.
    await whenIdle();
    await this.attempt(() => this.devices.refresh());
  }

  attempt<T>(work: () => Promise<T>): Promise<T | null> {
    return this.notices.attempt(work);
  }

  /**
   * Opens a folder's library and looks for pictures in it. Without a rule for labels, a known folder
   * keeps its own and a new one gets the one that its tree suggests.
   */
  async openFolder(folder: string, labels?: LabelRule, takesJunk = false): Promise<void> {
    await this.#open(async () => {
      await this.library.openFolder(folder);
      rememberFolder(this.memory, folder);
      await this.#refreshAll();
      // A folder that was scanned before keeps its choice where nothing is chosen.
      const junk = takesJunk ? { takesJunk } : {};
      await this.jobs.start('scan', { folder, ...(labels && { labels }), ...junk });
      this.pages.go('library');
    });
  }

  async openLibraryFile(file: string): Promise<void> {
    await this.#open(async () => {
      await this.library.openFile(file);
      await this.#refreshAll();
    });
  }

  /** Embeds with the starter encoder, HOG and colour beside it: a map to look at with no training. */
  async startWithStarter(): Promise<void> {
    await this.attempt(() => this.jobs.start('embed', { encoder: 'starter+hog' }));
  }

  /** Makes a picture the anchor and explains it in the current run. */
  async chooseAnchor(id: number): Promise<void> {
    this.anchor.set(id);
    this.explore.openBin = null;
    this.explore.inspectedId = null;
    await this.explainAnchor();
  }

  /** What a changed address means: a new way to the engine while there is none, else a link. */
  async followAddress(fragment: string): Promise<void> {
    if (this.connection.state === 'lost') await this.start();
    else await this.openLink(fragment);
  }

  /**
   * Opens the comparison or the anchor that an address links to; other addresses change nothing.
   */
  async openLink(fragment: string): Promise<void> {
    if (this.library.isOpen) await openLinked(this, fragment);
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
      showAnchorLink(null);
      return;
    }
    this.explanation.isOutdated = false;
    const hash = this.library.pictures.hashOf(id);
    showAnchorLink({ anchor: hash, run: run.run });
    const isRecorded = this.explanation.candidateSet === 'training';
    await Promise.all([
      this.attempt(() => this.explanation.explainIn(run, hash)),
      isRecorded ? this.attempt(() => this.ledger.load(run.run, hash)) : null,
    ]);
  }

  async #open(work: () => Promise<void>): Promise<void> {
    this.#opening += 1;
    await this.attempt(work);
    this.#opening -= 1;
  }

  async #refreshLibrary(): Promise<void> {
    await this.library.refresh();
    if (!this.recall.isLive && this.#opening === 0) await this.#refreshAll();
  }

  /**
   * Reads everything of the open library; where it is not the one before, restores what the window
   * showed of it.
   */
  async #refreshAll(): Promise<void> {
    await this.library.refresh();
    if (!this.recall.isLive) {
      startOver(this);
      this.trainForm = new TrainForm(() => this.trainable);
    }
    this.pins.open(this.library.status?.file ?? null);
    await this.jobs.refresh();
    if (!this.library.isOpen) return;
    this.runs.preferred = this.recall.run;
    await this.runs.refresh();
    await Promise.all([this.#refreshVerdicts(), this.marks.refresh()]);
    if (this.recall.isLive) await this.explainAnchor();
    else {
      await this.recall.restore();
      tellGoneFolders(this);
    }
  }

  async #refreshVerdicts(): Promise<void> {
    this.explanation.isOutdated = true;
    await this.judged.refresh();
  }

  async #afterJob(job: JobStatus): Promise<void> {
    showJobEnd(job, this);
    if (job.kind === 'map' && job.state !== 'done') this.runs.growing = null;
    if (job.kind === 'scan' || job.kind === 'decodeAgain') await this.#refreshLibrary();
    if (job.kind === 'compare') await this.comparison.load();
    if (job.kind === 'positives') await this.explainAnchor();
    await this.runs.refresh(job.run);
    const run = this.runs.ofJob(job);
    tellPay(this, job, run);
    if (job.state !== 'done' || !run) return;
    const maySwitch = this.asked.maySwitch(job, run.run);
    if (job.kind === 'import' && maySwitch) await this.chooseRun(run.run);
    if (job.kind === 'map') await tellMap(this, run, maySwitch);
  }
}
