import { mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { Random } from '../../../src-main/engine/numeric/random.ts';
import { EngineError } from '../../../src-main/contract/errors/errors.ts';
import { createEngine } from '../../../src-main/engine/engine.ts';
import { startServer } from '../../../src-main/server/start-server.ts';
import type { FuzzFormat, FuzzInput } from '../fuzz-format.ts';
import { byteMutations } from '../mutations/byte-mutations.ts';
import { mutated, oneOf } from '../mutations/mutation.ts';
import { textMutations } from '../mutations/text-mutations.ts';
import { sampleHashes, sampleLibrary } from './table-samples.ts';

const path = 'request';
const [portMark, token] = ['PORT', 'a-token-of-the-fuzzer-0123456789'];
const [quietMs, answeredMs, patienceMs] = [120, 3, 3000];

const targets = [
  ...['/', '/index.html', '/assets/app.js', '/session', '/engine', '/engine?folder=/tmp', '*'],
  ...['/../secret', '/%2e%2e/secret', '/..%2fsecret', '/assets/..%5c..%5csecret', '//secret'],
  ...['/%00', '/%', '/%ff', '/a\u00e9', '/?%', 'http://other/', '/\\..\\secret', '/./.././secret'],
  ...[`/thumbnails/${sampleHashes[0]}`, `/pictures/${sampleHashes[0]}?size=64`, '/pictures/../x'],
  ...[`/picture/${sampleHashes[0]}`, `/thumbnail/${sampleHashes[0]}`, `/${'a/'.repeat(4000)}`],
];
const heads = [
  `Host: 127.0.0.1:${portMark}`,
  `Host: localhost:${portMark}\r\nOrigin: http://localhost:${portMark}`,
  `Host: 127.0.0.1:${portMark}\r\nCookie: negatoscope-${portMark}=${token}; a=b`,
  `Host: 127.0.0.1:${portMark}\r\nAuthorization: Bearer ${token}`,
  `Host: 127.0.0.1:${portMark}\r\nContent-Length: 5\r\nTransfer-Encoding: chunked`,
  `Host: other.example\r\nOrigin: null`,
  [
    `Host: 127.0.0.1:${portMark}`,
    'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==`,
    `Sec-WebSocket-Protocol: negatoscope, token.${token}`,
  ].join('\r\n'),
];
const methods = ['GET', 'GET', 'HEAD', 'POST', 'PUT', 'OPTIONS', 'TRACE', 'CONNECT'];
const bodies = ['', '', 'hello', '0\r\n\r\n', 'ffffffffffffffff\r\n', '\x82\x85abcdefghi'];

export const httpFormat: FuzzFormat = {
  name: 'http',
  title: 'Requests to the server',
  async open(scratch) {
    sampleLibrary(scratch).close();
    const pageFolder = join(scratch, 'page');
    mkdirSync(join(pageFolder, 'assets'), { recursive: true });
    writeFileSync(join(pageFolder, 'index.html'), '<!doctype html><title>Negatoscope</title>');
    writeFileSync(join(pageFolder, 'assets/app.js'), 'export {};');
    writeFileSync(join(scratch, 'secret'), secret);
    const engine = createEngine({
      ...{ dataFolder: scratch, modelFolder: scratch, workingFolder: scratch },
      now: () => 1000,
    });
    await engine.call('library.open', { file: join(scratch, 'library.sqlite') });
    const server = await startServer({ engine, pageFolder, host: '127.0.0.1', port: 0, token });
    return {
      make: request,
      read: async (_folder, { files }) => {
        const bytes = Buffer.from(files[path] ?? []).toString('latin1');
        const sent = Buffer.from(bytes.replaceAll(portMark, String(server.port)), 'latin1');
        checkAnswer(await answerTo(server.port, sent));
        // Whatever came before, the page is there.
        const { status } = await fetch(`${server.origin}/`);
        if (status !== 200) throw new Error(`The page is answered with ${status}.`);
      },
    };
  },
};

const secret = 'What lies beside the page is not for everybody.';

function request(random: Random): FuzzInput {
  // Few of the others are in order, and a server may only seem to withstand what it never reads.
  const isPlain = random.index(8) === 0;
  const line = isPlain
    ? 'GET / HTTP/1.1'
    : `${oneOf(methods, random)} ${oneOf(targets, random)} HTTP/1.1`;
  const head = isPlain ? heads[0] : oneOf(heads, random);
  const text = `${line}\r\n${head}\r\n\r\n${isPlain ? '' : oneOf(bodies, random)}`;
  const mutations = random.index(3) === 0 ? byteMutations : textMutations;
  const isWhole = isPlain || random.index(4) === 0;
  const given = Buffer.from(text, 'latin1');
  const { bytes, done } = isWhole ? { bytes: given, done: [] } : mutated(given, mutations, random);
  return { path, files: { [path]: bytes }, story: `${line.slice(0, 100)}: ${done.join(', ')}` };
}

/** @throws EngineError where the server refuses; Error where it fails, or gives away what it must not */
function checkAnswer(answer: string): void {
  if (answer.includes(secret)) throw new Error('The server gave away a file beside the page.');
  const statuses = [...answer.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status));
  const failed = statuses.find((status) => status >= 500);
  if (failed !== undefined) throw new Error(`The server answered ${answer.slice(0, 500)}`);
  if (statuses.some((status) => status < 400)) return;
  throw new EngineError('bad-argument', `The server answered ${statuses[0] ?? 'nothing'}.`);
}

function answerTo(port: number, bytes: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    const timer = setTimeout(() => socket.destroy(), patienceMs);
    // Ended at once, a request that can be answered would not be.
    let quiet = setTimeout(() => socket.end(), quietMs);
    socket.on('data', (part) => {
      parts.push(part);
      clearTimeout(quiet);
      quiet = setTimeout(() => socket.end(), answeredMs);
    });
    // A server may refuse the rest of a request by ending the connection.
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') reject(error);
    });
    socket.on('close', () => {
      clearTimeout(timer);
      resolve(Buffer.concat(parts).toString('latin1'));
    });
  });
}
