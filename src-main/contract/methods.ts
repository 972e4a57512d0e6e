import { z } from 'zod';
import { backedUpLibrary, backupList, restoredLibrary, restoreInput } from './backups.ts';
import { uint8Array } from './arrays.ts';
import { augmentPreview, augmentPreviewInput } from './augment.ts';
import { comparisonWithMapsResult, comparisonWithMapsInput } from './comparison.ts';
import { deviceReport, stepPlacement } from './devices.ts';
import {
  encoderExportPreview,
  exportDestination,
  exportDestinationInput,
  exportPreview,
  exportPreviewInput,
} from './exports.ts';
import { headCost, headCostInput } from './head-cost.ts';
import { jobReference, jobStatus, startJobInput } from './jobs.ts';
import {
  blankPicture,
  duplicate,
  folderListing,
  libraryStatus,
  movedFolder,
  ruleResult,
  notedPicture,
  pictureDetails,
  recentLibrary,
  sampleColumns,
  skip,
} from './library.ts';
import {
  encoderDescription,
  encoderPreview,
  encoderPreviewInput,
  inspectEncoderInput,
  knownEncoder,
} from './loaded-encoders.ts';
import { importInspection, importListing, importSource } from './imports.ts';
import { judgedSameNegatives } from './judged-same-negatives.ts';
import { folderLabels } from './label-rule.ts';
import {
  editLabelsInput,
  exportedLabels,
  exportLabelsInput,
  formerLabels,
  importedLabels,
  importLabelsInput,
  labelProblems,
  setLabelRuleInput,
} from './labels.ts';
import { generatedInput, generatedNegatives } from './generated-negatives.ts';
import { anchorLedger, ledgerInput } from './ledger.ts';
import { mapSummary, mapPoints } from './map.ts';
import { minePreview, minePreviewInput } from './mining.ts';
import { nearDuplicates, nearDuplicatesInput } from './near-duplicates.ts';
import {
  anchorPicture,
  anchorReference,
  explanation,
  negativesInput,
  neighboursInput,
  neighboursResult,
} from './negatives.ts';
import { passOnChoice, passOnInput } from './pass-on.ts';
import { changedPictures, leaveOutInput, pictureMarks, tagPicturesInput } from './picture-marks.ts';
import { outdatedComparison } from './outdated-comparison.ts';
import { pictureNumbers } from './picture-numbers.ts';
import { listRunsInput, restoreRunInput, updateRunInput } from './run-care.ts';
import { runHistory, runReference, runSummary } from './runs.ts';
import { sameLabelChoice } from './same-label.ts';
import {
  alikePairs,
  alikePairsInput,
  falseNegativeRate,
  falseNegativeRateInput,
  falsePushShare,
  verdictQueue,
  verdictQueueInput,
} from './verdict-queue.ts';
import {
  exportVerdictsInput,
  exportedVerdicts,
  importVerdictsInput,
  verdictImport,
} from './verdict-files.ts';
import { leaveOut } from './leave-out.ts';
import { tunedBase } from './fine-tuning.ts';
import { textSearchInput, textSearchResult, textTower } from './text-search.ts';
import {
  changeVerdictsInput,
  removeVerdictInput,
  setVerdictInput,
  verdict,
  storedVerdict,
  verdictGroups,
} from './verdicts.ts';
import { memoryEntry } from './window-memory.ts';
import { tuningCost, tuningCostInput } from './tuning-cost.ts';

const nothing = z.object({});
const oneRun = z.object({ run: runReference });
const pictureHash = z.object({ hash: z.string().regex(/^[0-9a-f]{64}$/) });

/** All methods that a client can call: the input is checked at the border, the output in tests. */
export const methods = {
  'library.status': { input: nothing, output: libraryStatus },
  /**
   * Opens (and, if necessary, creates) the library of a folder, or a library file; closes the one that
   * was open. With both, the file is opened, and is for the folder if it has none.
   */
  'library.open': {
    input: z.object({ folder: z.string().optional(), file: z.string().optional() }),
    output: libraryStatus,
  },
  /**
   * Has the open library look for the pictures of a folder where that was moved to, with all that is known
   * of them; a scan then finds what has changed in it.
   */
  'library.moveFolder': { input: movedFolder, output: libraryStatus },
  'backups.list': { input: backedUpLibrary, output: backupList },
  /** Writes a backup now, where something has changed since the last one. */
  'backups.make': { input: nothing, output: backupList },
  /**
   * Puts a backup in the place of a library, which is set aside, opens it, and queues the scans and
   * embeddings that bring back what is computed.
   */
  'backups.restore': { input: restoreInput, output: restoredLibrary },
  'library.recent': { input: nothing, output: z.array(recentLibrary) },
  'library.samples': { input: nothing, output: sampleColumns },
  'library.blank': { input: nothing, output: z.array(blankPicture) },
  'library.notes': { input: nothing, output: z.array(notedPicture) },
  'library.skips': { input: nothing, output: z.array(skip) },
  /** Pictures with several files: the same bytes, several paths. */
  'library.duplicates': { input: nothing, output: z.array(duplicate) },
  /** What the tree of a folder suggests for labels; of all scanned folders where none is named. */
  'labels.folders': {
    input: z.object({ folder: z.string().optional() }),
    output: z.array(folderLabels),
  },
  /** A folder of the engine's machine, with the files in it that may hold labels. */
  'labels.browse': { input: z.object({ path: z.string().optional() }), output: importListing },
  /** Changes the rule for labels, without a scan. */
  'labels.setRule': { input: setLabelRuleInput, output: ruleResult },
  /** Pictures with several labels by their folders, and pictures in several splits. */
  'labels.problems': { input: nothing, output: labelProblems },
  /** Gives pictures labels by hand; returns what puts back the former ones. */
  'labels.edit': { input: editLabelsInput, output: formerLabels },
  'labels.listByHand': { input: nothing, output: formerLabels },
  'labels.exportFile': { input: exportLabelsInput, output: exportedLabels },
  'labels.importFile': { input: importLabelsInput, output: importedLabels },
  'folders.browse': { input: z.object({ path: z.string().optional() }), output: folderListing },
  /** Size, format and files of a picture. */
  'pictures.details': { input: pictureHash, output: pictureDetails },
  /** A thumbnail with a longest side of 160 pixels: a WebP, or a small plain JPEG or PNG itself. */
  'pictures.thumbnail': { input: pictureHash, output: uint8Array },
  /** A picture as WebP, decoded from its file, with a longest side of at most `size` pixels. */
  'pictures.image': {
    input: pictureHash.extend({ size: z.number().int().min(32).max(2048).default(640) }),
    output: uint8Array,
  },
  /** The tags of pictures, and those left out of training. */
  'pictures.marks': { input: nothing, output: pictureMarks },
  'pictures.tag': { input: tagPicturesInput, output: changedPictures },
  'pictures.leaveOut': { input: leaveOutInput, output: changedPictures },
  'jobs.start': { input: startJobInput, output: jobStatus },
  'jobs.list': { input: nothing, output: z.array(jobStatus) },
  'jobs.cancel': { input: jobReference, output: jobStatus },
  'jobs.pause': { input: jobReference, output: jobStatus },
  'jobs.resume': { input: jobReference, output: jobStatus },
  'runs.list': { input: listRunsInput, output: z.array(runSummary) },
  /** Renames a run, or changes its note, its tags, or whether it is archived. */
  'runs.update': { input: updateRunInput, output: runSummary },
  /** Deletes a run so that it can be restored, until a job `purge`; its name is free immediately. */
  'runs.delete': { input: oneRun, output: runSummary },
  'runs.restore': { input: restoreRunInput, output: runSummary },
  'runs.history': { input: oneRun, output: runHistory },
  /** Loss, hardness and more of every picture, from the last recorded epoch. */
  'runs.pictureNumbers': { input: oneRun, output: pictureNumbers },
  /** The pairs judged the same that a training pushed apart; null for a run without a ledger. */
  'runs.judgedSame': {
    input: oneRun.extend({ epoch: z.number().int().min(1).optional() }),
    output: judgedSameNegatives.nullable(),
  },
  /** The stored maps of a run, the one that was requested last first. */
  'runs.maps': { input: oneRun, output: z.array(mapSummary) },
  /** A map of a run, the latest unless another is named; null where none exists yet. */
  'runs.map': {
    input: oneRun.extend({ map: z.string().optional() }),
    output: mapPoints.nullable(),
  },
  /** Pairs and groups of near-duplicates in the run; null before a job `neighbours` or `map`. */
  'runs.nearDuplicates': { input: nearDuplicatesInput, output: nearDuplicates.nullable() },
  /**
   * The epochs of a run that can be compared, because their weights or embeddings are stored;
   * ascending.
   */
  'runs.checkpoints': { input: oneRun, output: z.array(z.number().int()) },
  /** The epochs of a run whose embeddings are stored, ascending: anchors can be explained in each. */
  'runs.embeddedEpochs': { input: oneRun, output: z.array(z.number().int()) },
  /** What the library's scores leave out of voting. */
  'scores.leaveOut': { input: nothing, output: leaveOut },
  /** Chooses it; scores of before stay what they were until they are measured again. */
  'scores.chooseLeaveOut': { input: leaveOut, output: leaveOut },
  /** How many groups of several pictures a name pattern makes, and of how many pictures. */
  'scores.nameGroups': {
    input: z.object({ name: z.string().min(1) }),
    output: z.object({ groups: z.number().int(), pictures: z.number().int() }),
  },
  /** A comparison that a job has made, with what draws it; null where none exists yet. */
  'comparison.withMaps': {
    input: comparisonWithMapsInput,
    output: comparisonWithMapsResult.nullable(),
  },
  /** What changed since the two were last compared; null where a comparison is stored, or none was. */
  'comparison.outdated': { input: comparisonWithMapsInput, output: outdatedComparison },
  /** The picture that a path or a content hash names. */
  'anchor.find': { input: z.object({ anchor: anchorReference }), output: anchorPicture },
  'anchor.neighbours': { input: neighboursInput, output: neighboursResult },
  'anchor.negatives': { input: negativesInput, output: explanation },
  /** Negatives that the generator of a training makes for an anchor (NEGCUT). */
  'anchor.generated': { input: generatedInput, output: generatedNegatives },
  /** The training's record of an anchor's negatives, epoch by epoch. */
  'anchor.ledger': { input: ledgerInput, output: anchorLedger },
  /** Pairs of views of a picture, drawn as training draws them. */
  'augment.preview': { input: augmentPreviewInput, output: augmentPreview },
  /**
   * What the training of a head would cache before its first step, and how much of that is cached
   * already.
   */
  'heads.cost': { input: headCostInput, output: headCost },
  /** The encoder that a fine-tuning would go on from. */
  'tuning.base': { input: z.object({ on: runReference }), output: tunedBase },
  /** What a fine-tuning would take. */
  'tuning.cost': { input: tuningCostInput, output: tuningCost },
  /** Stores a person's verdict on a pair, replacing an earlier one. */
  'verdicts.set': { input: setVerdictInput, output: storedVerdict },
  /** Saves and takes back many verdicts at once; of those to take back some may not be there. */
  'verdicts.change': { input: changeVerdictsInput, output: nothing },
  'verdicts.list': { input: nothing, output: z.array(verdict) },
  'verdicts.remove': { input: removeVerdictInput, output: z.object({ removed: z.boolean() }) },
  'verdicts.groups': { input: nothing, output: verdictGroups },
  /** How verdicts pass on to pairs that nobody judged. */
  'verdicts.passOn': { input: nothing, output: passOnChoice },
  /** Changes that, for everything that goes by verdicts; trainings that have begun keep theirs. */
  'verdicts.setPassOn': { input: passOnInput, output: passOnChoice },
  /** What Review makes of pairs of one label. */
  'verdicts.sameLabel': { input: nothing, output: sameLabelChoice },
  /** Changes that, for queue and estimates. */
  'verdicts.setSameLabel': { input: sameLabelChoice, output: sameLabelChoice },
  /** Pairs to judge, the first in front: without a verdict, or judged the same where links are asked for. */
  'verdicts.queue': { input: verdictQueueInput, output: verdictQueue },
  /** The other pairs of the near-duplicates of a pair's pictures, for one verdict on all. */
  'verdicts.alike': { input: alikePairsInput, output: alikePairs },
  /** The rate of false negatives among all pairs, from the verdicts on the queue's random order. */
  'verdicts.rate': { input: falseNegativeRateInput, output: falseNegativeRate },
  /** The share of the push that is false, from the verdicts on the pairs drawn by their share of it. */
  'verdicts.pushShare': { input: falseNegativeRateInput, output: falsePushShare },
  /** Describes a file before it is written. */
  'exports.preview': { input: exportPreviewInput, output: exportPreview },
  /** The result of mining for the first anchors. */
  'exports.previewMined': { input: minePreviewInput, output: minePreview },
  'exports.previewEncoder': { input: oneRun, output: encoderExportPreview },
  /**
   * The path of a file or folder before it is written, whether it exists, and the free bytes on its
   * disk.
   */
  'exports.destination': {
    input: exportDestinationInput,
    output: exportDestination,
  },
  /** The pages, filters and sizes that windows remember. */
  'window.recall': { input: nothing, output: z.array(memoryEntry) },
  'window.remember': { input: memoryEntry, output: nothing },
  /** Describes an encoder's file or folder; nothing is run, nothing is stored. */
  'encoders.inspect': { input: inspectEncoderInput, output: encoderDescription },
  'encoders.list': { input: nothing, output: z.array(knownEncoder) },
  /** A picture as an encoder with this preprocessing gets it. */
  'encoders.preview': { input: encoderPreviewInput, output: encoderPreview },
  /** Every verdict as the text of a CSV or JSON file. */
  'verdicts.exportFile': { input: exportVerdictsInput, output: exportedVerdicts },
  /** Stores the verdicts of such a file. */
  'verdicts.importFile': { input: importVerdictsInput, output: verdictImport },
  /** Describes files of embeddings, and how they would be imported. */
  'imports.inspect': { input: importSource, output: importInspection },
  'imports.browse': { input: z.object({ path: z.string().optional() }), output: importListing },
  /** Whether a run's pictures can be searched by text, and why not. */
  'search.tower': { input: oneRun, output: textTower },
  /** The pictures that are most similar to a text, by the text tower beside the run's encoder. */
  'search.text': { input: textSearchInput, output: textSearchResult },
  /** For each usable device of ONNX Runtime, which operators of a training step run on it. */
  'devices.explain': { input: nothing, output: z.array(stepPlacement) },
  'devices.list': { input: nothing, output: z.array(deviceReport) },
} as const;

export type MethodName = keyof typeof methods;
export type MethodInput<M extends MethodName> = z.input<(typeof methods)[M]['input']>;
export type MethodCheckedInput<M extends MethodName> = z.infer<(typeof methods)[M]['input']>;
export type MethodOutput<M extends MethodName> = z.infer<(typeof methods)[M]['output']>;
