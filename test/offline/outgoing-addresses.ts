/**
 * The internet addresses of other machines that a trace of system calls names, each once, in their order; as `strace`
 * writes connect, sendto, sendmsg and sendmmsg.
 */
export function outgoingAddresses(trace: string): string[] {
  const named = trace.matchAll(/inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)"/g);
  const addresses = new Set([...named].map(([, four, six]) => four ?? six ?? ''));
  return [...addresses].filter((address) => !isThisMachine(address));
}

function isThisMachine(address: string): boolean {
  return /^(::ffff:)?127\./.test(address) || address === '::1';
}
