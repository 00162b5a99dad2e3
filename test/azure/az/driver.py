"""The real az, started once: each connection names arguments and gets exit code, stderr and stdout. See shell.ts."""
import io
import socketserver
import sys
import time

sys.dont_write_bytecode = True
pause = time.sleep
time.sleep = lambda seconds: pause(min(seconds, 0.05))  # az looks again after 30 seconds where Azure names no other pause


class Switched(io.TextIOBase):
    """az keeps the stream it saw first; what it says goes to whoever asks now."""

    def __init__(self):
        self.said = io.StringIO()

    def write(self, text):
        return self.said.write(text)

    def take(self):
        said, self.said = self.said.getvalue(), io.StringIO()
        return said


say = sys.stdout
out, err = Switched(), Switched()
sys.stdout, sys.stderr = out, err

from azure.cli.core import get_default_cli  # noqa: E402
import debian  # noqa: E402
import jmespath  # noqa: E402

debian.bring_back()


def invoke(arguments):
    try:
        if arguments[:1] == ['--compile']:
            return len([jmespath.compile(each) for each in arguments[1:]]) == 0
        return get_default_cli().invoke(arguments, out_file=out) or 0
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    except Exception as error:  # what az itself does not catch
        print(type(error).__name__, error, file=err)
        return 1


class Call(socketserver.StreamRequestHandler):
    def handle(self):
        count = int(self.rfile.readline())
        sent = b''
        while sent.count(b'\0') < count:
            sent += self.rfile.read1()
        code = invoke(sent.decode().split('\0')[:count])
        errors, output = err.take().encode(), out.take().encode()
        self.wfile.write(b'%d\n%d\n' % (code, len(errors)) + errors + output)


with socketserver.TCPServer(('127.0.0.1', 0), Call) as server:
    print(server.server_address[1], file=say, flush=True)
    server.serve_forever()
