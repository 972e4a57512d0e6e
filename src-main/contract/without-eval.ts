import { z } from 'zod';

// The window's content security policy forbids eval, and zod's probe for it would be reported.
z.config({ jitless: true });
