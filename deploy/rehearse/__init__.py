"""A rehearsal of deploy/Dockerfile where no container engine runs: `python -m deploy.rehearse`.

It carries out the Dockerfile's own lines on a clean `git archive`, in folders that stand for the images' file systems,
with the kernel's namespaces and chroot. Then it starts the entry point as the image would be started, read-only, as its
user, as process 1, without a network, waits until HEALTHCHECK passes, makes a picture and stops it.

What it can't do is FROM: `python:3.11…` is this machine's /usr with its Python 3.11, `node:20…` with its Node 20, and
what slim images lack, compilers above all, is hidden. It needs Linux, root and the programs of util-linux.
"""
