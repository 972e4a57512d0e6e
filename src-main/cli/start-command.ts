import type { Command } from 'commander';
import type { CommandLine } from './command-line.ts';

/** What each command begins with: its place in the program gives the options that all commands have. */
export type StartCommand = (command: Command) => CommandLine;
