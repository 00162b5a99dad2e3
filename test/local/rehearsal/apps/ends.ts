import { app } from '@azure/functions'

/** An app in whose host something breaks as soon as it is asked. */
app.http('end', {
  methods: ['GET'],
  handler: () => {
    process.stderr.write('nobody could go on from here\n')
    process.exit(1)
  }
})
