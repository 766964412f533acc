import { CfnOutput } from 'aws-cdk-lib';
import { EmailIdentity, Identity } from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';

/** The domain the report’s mail comes from, to be proved by DKIM: its three records are outputs, for whoever runs the DNS. */
export class SenderIdentity extends Construct {
  constructor(scope: Construct, id: string, sender: string) {
    super(scope, id);
    const domain = sender.slice(sender.lastIndexOf('@') + 1);
    const identity = new EmailIdentity(this, 'Identity', { identity: Identity.domain(domain) });
    for (const [index, { name, value }] of identity.dkimRecords.entries())
      new CfnOutput(this, `Dkim${index + 1}`, {
        description: 'A CNAME record for DKIM',
        value: `${name} CNAME ${value}`,
      });
  }
}
