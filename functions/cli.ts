#!/usr/bin/env node
import { failWith } from './cli/failure.ts';
import { program } from './cli/program.ts';

try {
  await program().parseAsync();
} catch (error) {
  failWith(error);
}
