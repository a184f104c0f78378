"""Files that are no picture of ours, whatever they are called."""

import bz2
import gzip
import io
import json
import lzma
import tarfile

from backend.errors import InvalidImage
from tests.hostile.parts import CANARY, ZIP, noise, plain, saved

SVG = b"<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'>%s</svg>"
LAUGHS = b"<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'>]><svg>&b;</svg>"
REST = bytes(200)


def tar():
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("../../etc/passwd"))
    return target.getvalue()


def add_foreign(c):
    c.add("nothing", lambda: b"", refusals=(InvalidImage,))
    for name, data, found in (*texts(), *pictures(), *archives(), *programs(), *media()):
        c.foreign(name, data, found)
    c.cleaned("png under the name of a jpeg", lambda: plain("PNG"))


def texts():
    return (
        ("one letter", b"a", "text"),
        ("one byte", b"\0", "unknown"),
        ("half a jpeg mark", b"\xff\xd8", "unknown"),
        ("text", b"Dear reader, I am no picture.", "text"),
        ("text in utf-16", "no picture".encode("utf-16"), "unknown"),
        ("json", json.dumps({"image": "no"}).encode(), "json"),
        ("html", b"<!DOCTYPE html><html>" + CANARY, "html"),
        ("html that speaks of svg", b"<p>svg</p>", "text"),
        ("a script", b"#!/bin/sh\nrm -rf /\n", "script"),
        ("php", CANARY, "php"),
        ("xml", b"<?xml version='1.0'?><feed/>", "xml"),
        ("svg with a script", SVG % b"<script>CANARY()</script>", "svg"),
        ("svg with a file address", SVG % b"<image xlink:href='file:///etc/passwd'/>", "svg"),
        ("svg with an inner address", SVG % b"<image href='http://169.254.169.254/'/>", "svg"),
        ("svg of a billion laughs", LAUGHS, "svg"),
        ("svg behind a byte order mark", b"\xef\xbb\xbf  " + SVG % b"", "svg"),
        ("imagemagick script", b"push graphic-context\nfill 'url(https://x/\"|ls\")'\n", "text"),
        ("a gif of no known version", b"GIF88a" + REST, "unknown"),
        ("png after a text transfer", b"\x89PNG\n\x1a\n" + REST, "unknown"),
    )


def pictures():
    image = noise(16, 16)
    return (
        ("bmp", saved(image, "BMP"), "bmp"),
        ("tiff", saved(image, "TIFF"), "tiff"),
        ("tiff in print colours", saved(image.convert("CMYK"), "TIFF"), "tiff"),
        ("tiff in lab", saved(image.convert("LAB"), "TIFF"), "tiff"),
        ("big-endian tiff", b"MM\0*\0\0\0\x08" + REST, "tiff"),
        ("bigtiff", b"II+\0\x08\0\0\0" + REST, "tiff"),
        ("ico", saved(image, "ICO", sizes=[(16, 16)]), "ico"),
        ("cursor", b"\0\0\2\0\x01\0" + REST, "cur"),
        ("icns", b"icns" + REST, "icns"),
        ("pcx", saved(image, "PCX"), "pcx"),
        ("ppm", saved(image, "PPM"), "netpbm"),
        ("pfm", b"PF\n1 1\n-1.0\n" + bytes(12), "netpbm"),
        ("sgi", saved(image, "SGI"), "sgi"),
        ("dds", saved(image, "DDS"), "dds"),
        ("eps", saved(image, "EPS"), "eps"),
        ("eps with a preview", b"\xc5\xd0\xd3\xc6" + REST, "eps"),
        ("pdf", saved(image, "PDF"), "pdf"),
        ("jpeg 2000", saved(image, "JPEG2000"), "jpeg 2000"),
        ("jpeg 2000 codestream", b"\xff\x4f\xff\x51" + REST, "jpeg 2000"),
        ("qoi", saved(image, "QOI"), "qoi"),
        ("psd", b"8BPS\0\x01" + REST, "psd"),
        ("psd of 30000x30000", b"8BPS\0\x01" + bytes(6) + b"\0\x03\0\0\x75\x30\0\0\x75\x30" + REST, "psd"),
        ("heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + REST, "heic"),
        ("heif of no kind", b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic" + REST, "heic"),
        ("jpeg xl codestream", b"\xff\x0a" + REST, "jxl"),
        ("jpeg xl", b"\0\0\0\x0cJXL \r\n\x87\n" + REST, "jxl"),
        ("wmf", b"\xd7\xcd\xc6\x9a" + REST, "wmf"),
        ("emf", b"\x01\0\0\0" + bytes(36) + b" EMF" + REST, "emf"),
        ("fli", b"\x80\0\0\0\x11\xaf\xff\xff" + REST, "fli"),
        ("flc", b"\x80\0\0\0\x12\xaf\xff\xff" + REST, "fli"),
        ("openexr", b"v/1\x01" + REST, "openexr"),
        ("radiance", b"#?RADIANCE\n", "hdr"),
        ("xcf", b"gimp xcf v011\0" + REST, "xcf"),
        ("mng", b"\x8aMNG\r\n\x1a\n" + REST, "mng"),
        ("fits", b"SIMPLE  =                    T", "fits"),
    )


def archives():
    return (
        ("zip", ZIP, "zip"),
        ("gzip", gzip.compress(CANARY), "gzip"),
        ("svg in gzip", gzip.compress(SVG % b""), "gzip"),
        ("bzip2", bz2.compress(CANARY), "bzip2"),
        ("xz", lzma.compress(CANARY), "xz"),
        ("7z", b"7z\xbc\xaf\x27\x1c" + REST, "7z"),
        ("rar", b"Rar!\x1a\x07\x01\0" + REST, "rar"),
        ("zstd", b"\x28\xb5\x2f\xfd" + REST, "zstd"),
        ("tar with a path upwards", tar(), "tar"),
        ("zip with a jpeg in it", ZIP + plain("JPEG"), "zip"),
    )


def programs():
    return (
        ("elf", b"\x7fELF\x02\x01\x01" + REST, "elf"),
        ("exe", b"MZ\x90\0" + REST, "exe"),
        ("mach-o", b"\xcf\xfa\xed\xfe" + REST, "mach-o"),
        ("java class", b"\xca\xfe\xba\xbe" + REST, "java class"),
        ("wasm", b"\0asm\x01\0\0\0", "wasm"),
        ("sqlite", b"SQLite format 3\0" + REST, "sqlite"),
        ("an office document", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + REST, "office document"),
        ("a pickle that runs code", b"cos\nsystem\n(S'true'\ntR.", "text"),
    )


def media():
    return (
        ("mp4", b"\0\0\0\x18ftypisom\0\0\0\0isommp42" + REST, "mp4"),
        ("webm", b"\x1aE\xdf\xa3" + REST, "webm"),
        ("wav", b"RIFF\x24\0\0\0WAVEfmt " + REST, "wav"),
        ("avi", b"RIFF\x24\0\0\0AVI LIST" + REST, "avi"),
        ("mp3", b"ID3\x04" + REST, "mp3"),
        ("ogg", b"OggS" + REST, "ogg"),
        ("flac", b"fLaC" + REST, "flac"),
        ("a font", b"\0\1\0\0\0\x0f" + REST, "font"),
    )
