"""Makes .venv and installs requirements.txt into it; does nothing when both are as they were.

Runs on whatever `python3` is, however old, to say in plain words what is missing: standard library only.
"""

import hashlib
import os
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
STAMP = os.path.join(VENV, ".installed")
REQUIREMENTS = os.path.join(ROOT, "requirements.txt")
OLDEST = (3, 11)


def main():
    wanted = fingerprint()
    if os.path.exists(PYTHON) and read(STAMP) == wanted:
        return
    if not os.path.exists(PYTHON):
        make_venv(new_enough_python())
    install()
    with open(STAMP, "w") as stamp:
        stamp.write(wanted)


def fingerprint():
    with open(REQUIREMENTS, "rb") as requirements:
        return hashlib.sha256(requirements.read() + VENV.encode()).hexdigest()


def read(path):
    if not os.path.exists(path):
        return None
    with open(path) as file:
        return file.read()


def new_enough_python():
    """This Python, or else a newer one beside it."""
    if sys.version_info >= OLDEST:
        return sys.executable
    for minor in range(14, OLDEST[1] - 1, -1):
        found = shutil.which("python3.%d" % minor)  # noqa: UP031 (old Pythons run this too)
        if found:
            return found
    sys.exit("kubeviz needs Python 3.11 or newer; this is %s." % sys.version.split()[0])  # noqa: UP031


def make_venv(python):
    print("가상 환경을 만듭니다 (making .venv) ...")
    if subprocess.call([python, "-m", "venv", VENV]) != 0:
        shutil.rmtree(VENV, ignore_errors=True)
        sys.exit(
            "Python could not make a virtual environment: its venv module is missing.\n"
            "On Debian or Ubuntu: sudo apt install python3-venv   Then run make again.",
        )


def install():
    print("꾸러미를 설치합니다. 처음 한 번뿐이고 몇 분 걸립니다 (installing packages, only this once) ...")
    pip = [PYTHON, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "-r", REQUIREMENTS]
    if subprocess.call(pip) != 0:
        sys.exit(
            "pip could not install requirements.txt (its words are above).\n"
            "The first start needs the internet, or a package mirror named in PIP_INDEX_URL;\n"
            "behind a proxy set HTTPS_PROXY. Then run make again: it goes on where it stopped.",
        )


if __name__ == "__main__":
    main()
