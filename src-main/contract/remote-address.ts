import { EngineError } from './errors/errors.ts';

/** Where an engine answers, as `negatoscope serve` prints it. */
export interface RemoteAddress {
  /** As in `http://127.0.0.1:4000`. */
  readonly origin: string;
  /** The machine and the port, for people. */
  readonly host: string;
  readonly token: string;
}

/** An address without its token, and the token; either may be missing or wrong. */
export interface AddressParts {
  readonly address: string;
  readonly token: string;
}

/**
 * The parts of what someone pasted: a line that `negatoscope serve` printed, with words around the
 * address, is split into both; other text is an address without a token.
 */
export function addressParts(text: string): AddressParts {
  const [found = text.trim()] = /https?:\/\/\S+/i.exec(text) ?? [];
  const [address = '', fragment = ''] = found.split('#', 2);
  const token = new URLSearchParams(fragment).get('token') ?? '';
  return { address: token === '' ? found : address, token };
}

/**
 * Reads an address (`http://127.0.0.1:4000/`, or `gpu-box:4000`) and a token.
 * @throws EngineError bad-argument
 */
export function remoteAddress({ address, token }: AddressParts): RemoteAddress {
  const trimmed = address.trim();
  const withScheme = /^[a-z][a-z+.-]*:\/\//i.test(trimmed) ? trimmed : `http://${trimmed}`;
  const url = trimmed !== '' && URL.canParse(withScheme) ? new URL(withScheme) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || /\s/.test(trimmed)) {
    throw new EngineError(
      'bad-argument',
      'That is not the address of an engine: copy the whole line that negatoscope serve printed.',
    );
  }
  if (token.trim() === '') {
    throw new EngineError(
      'bad-argument',
      'The token is missing: it is in the line that negatoscope serve printed, after “#token=”.',
    );
  }
  return { origin: url.origin, host: url.host, token: token.trim() };
}
