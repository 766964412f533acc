declare module 'asl-validator' {
  /** Holds a state machine against the schema and the rules of Amazon’s States Language. */
  export default function validate(definition: object): {
    readonly isValid: boolean;
    errorsText(separator?: string): string;
  };
}
