import type { Command } from 'commander';
import type { CommandLine } from './command-line.ts';

/**
 * Starts a command: gives it what all commands share, by the options of the program that it belongs to.
 */
export type StartCommand = (command: Command) => CommandLine;
