"""The worker as a process of its own, started by `portal serve`."""

from portal.cli.serve import worker

if __name__ == "__main__":
    worker.main(args=[], standalone_mode=True)
