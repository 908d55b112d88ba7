"""Pictures without what a camera wrote into them: where, when, with which device, by whom."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageCms, ImageOps, JpegImagePlugin

from cases.errors import FileRefused
from cases.sniffing import JPEG, PNG, WEBP, FileType

# As many as the largest phone cameras take (8192 × 6144); beyond, a small file fills the memory.
MOST_PIXELS = 52_000_000
FORMATS = {JPEG: "JPEG", PNG: "PNG", WEBP: "WEBP"}
LOSSLESS = b"VP8L"


def cleaned(content: bytes, kind: FileType) -> bytes:
    """The picture written anew: its kind, size and looks are kept, nothing else is.

    It is turned as the camera was held, and its colours are those of sRGB, so that neither note
    is missed. Of a moving picture the first frame is kept. Raises ``FileRefused``: broken where
    it does not decode, too_large where it has more than ``MOST_PIXELS``.
    """
    try:
        # Only the decoder of what it was taken for: no file finds its way to a rarer one.
        with Image.open(BytesIO(content), formats=[FORMATS[kind]]) as image:
            _check_size(image)
            image.load()
            return _written(image, FORMATS[kind], _options(image, content))
    except FileRefused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise FileRefused("too_large") from None
    except Exception as error:  # a decoder raises what it likes on what was made to break it
        raise FileRefused("broken") from error


def _check_size(image: Image.Image) -> None:
    if image.width * image.height > MOST_PIXELS:
        raise FileRefused("too_large")


# object: each format has options of its own.
def _options(image: Image.Image, content: bytes) -> dict[str, object]:
    """How to write it so that nobody sees a difference."""
    if isinstance(image, JpegImagePlugin.JpegImageFile):
        sampling = JpegImagePlugin.get_sampling(image)
        return {"qtables": image.quantization, "subsampling": sampling}
    if image.format == "WEBP":
        # In a lossy file these four bytes stand by chance once in 400: then it grows, no more.
        return {"lossless": LOSSLESS in content, "quality": 90}
    return {"compress_level": 3}


def _written(image: Image.Image, form: str, options: dict[str, object]) -> bytes:
    plain = _in_srgb(_upright(image))
    # What is left here is written into the file again; only which colour is glass is of the look.
    plain.info = {k: v for k, v in plain.info.items() if k == "transparency"}
    out = BytesIO()
    plain.save(out, form, **options)
    return out.getvalue()


def _upright(image: Image.Image) -> Image.Image:
    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # noqa: BLE001 - notes in disorder say nothing about the picture
        return image.copy()


def _in_srgb(image: Image.Image) -> Image.Image:
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in {"RGB", "RGBA", "CMYK"}:
        return image
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        wanted = "RGBA" if image.mode == "RGBA" else "RGB"
        turned = ImageCms.profileToProfile(
            image, source, ImageCms.createProfile("sRGB"), outputMode=wanted
        )
    except Exception:  # noqa: BLE001 - as above
        return image
    return turned or image
