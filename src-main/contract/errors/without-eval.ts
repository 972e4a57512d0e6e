import { z } from 'zod';

// The window's content security policy forbids eval; zod's test for eval would be reported as a
// violation.
z.config({ jitless: true });
