/** An address short enough for a rail: `formatAddress('0x70997970c51812dc3a010c7d01b50e0d17dc79c8')` is "0x7099…79c8". */
export const formatAddress = (address: string): string => `${address.slice(0, 6)}…${address.slice(-4)}`;
