import { EngineError } from '../../../contract/errors/errors.ts';

interface Wording {
  readonly pattern: RegExp;
  readonly say: (...found: string[]) => string;
}

const wordings: readonly Wording[] = [
  {
    pattern: /(\S+?)\(-?\d+\) is not a registered function\/op/,
    say: (operator) =>
      `It uses the operator ${operator}, which ONNX Runtime does not have: it belongs to another runtime, or to an extension`,
  },
  {
    pattern: /Could not find an implementation for (\S+?)\((\d+)\)/,
    say: (operator, opset) =>
      `ONNX Runtime has no code here for its operator ${operator} of opset ${opset} with these element types`,
  },
  {
    pattern: /Unsupported model IR version: (\d+), max supported IR version: (\d+)/,
    say: (version, most) =>
      `It is of ONNX IR version ${version}; this ONNX Runtime reads up to ${most}`,
  },
  {
    pattern: /Opset (\d+) is under development.*support for domain (\S+) is till opset (\d+)/s,
    say: (opset, domain, most) =>
      `It is of opset ${opset} of ${domain}; this ONNX Runtime reads up to ${most}. Export it with a lower opset`,
  },
  {
    pattern: /Protobuf parsing failed/,
    say: () => 'ONNX Runtime cannot parse it: it is damaged or cut short',
  },
];

/** An error of ONNX Runtime as a sentence that names the model and the reason. */
export function onnxRuntimeError(path: string, error: unknown): EngineError {
  const message = error instanceof Error ? error.message : String(error);
  for (const { pattern, say } of wordings) {
    const found = pattern.exec(message);
    if (found) {
      return new EngineError('bad-encoder', `${path}: ${say(...found.slice(1))}.`, {
        cause: error,
      });
    }
  }
  const detail = message.replaceAll(/\s+/g, ' ').trim().replace(/\.$/, '');
  return new EngineError('bad-encoder', `${path}: ONNX Runtime says: ${detail}.`, {
    cause: error,
  });
}
