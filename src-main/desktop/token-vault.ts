import { safeStorage } from 'electron';

/** Keeps secrets by a key that the system has for this user. */
export interface TokenVault {
  /** False where the system has no safe place for the key. */
  isAvailable(): boolean;
  seal(secret: string): string;
  /** Null where it was sealed by another key. */
  unseal(sealed: string): string | null;
}

/** The calls that every Electron has; those that Electron 45 recommends came later than 33. */
interface SystemVault {
  isEncryptionAvailable(): boolean;
  getSelectedStorageBackend(): string;
  encryptString(plainText: string): Buffer;
  decryptString(encrypted: Buffer): string;
}
const vault: SystemVault = safeStorage;

/**
 * Electron's vault: the Keychain, DPAPI, or the desktop's keyring. Where Linux has no keyring, Electron
 * would take a key that everybody knows; that is no vault.
 */
export const systemVault: TokenVault = {
  isAvailable: () =>
    vault.isEncryptionAvailable() &&
    (process.platform !== 'linux' || vault.getSelectedStorageBackend() !== 'basic_text'),
  seal: (secret) => vault.encryptString(secret).toString('base64'),
  unseal: (sealed) => {
    try {
      return vault.decryptString(Buffer.from(sealed, 'base64'));
    } catch {
      return null;
    }
  },
};
