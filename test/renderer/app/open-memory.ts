import { Memory } from '../../../src-renderer/app/window/memory.ts';
import { AnsweringClient } from '../answering-client.ts';
import { openWindow, type WindowStandIn } from '../window-stand-in.ts';

export interface OpenMemory {
  readonly page: WindowStandIn;
  readonly memory: Memory;
}

/** A new window and its memory, in which nothing is remembered yet. */
export function openMemory(): OpenMemory {
  const page = openWindow();
  return { page, memory: new Memory(new AnsweringClient({}), () => 1) };
}
