import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont
from scipy import ndimage

from cnnbook.data import mnist
from cnnbook.digit_image import centre, find_digit, ink, read_picture, thicken, without_specks


def written(digit, *, size=120, paper=0.9, pen=0.1, place=(70, 50), shape=(260, 200)):
    """A digit set in a font, on paper."""
    picture = Image.new("F", shape[::-1], paper)
    font = ImageFont.load_default(size)
    ImageDraw.Draw(picture).text(place[::-1], str(digit), fill=pen, font=font)
    return np.asarray(picture)


def stroke(rows, columns, *, top=0, left=0):
    picture = np.zeros((60, 50))
    picture[top : top + rows, left : left + columns] = 1
    return picture


def test_a_bar_by_hand():
    """40 x 6 becomes 20 x 3, whose centre of mass (9.5, 1) goes to row and column 14."""
    small = centre(stroke(40, 6, top=3, left=20))
    expected = np.zeros((28, 28))
    expected[4:24, 13:16] = 1
    assert np.array_equal(small, expected)
    assert small.dtype == np.float32


def test_a_bar_across():
    small = centre(stroke(8, 40, top=50))
    assert small.sum() == 20 * 4
    assert np.array_equal(np.flatnonzero(small.any(0)), np.arange(4, 24))


def test_what_weighs_more_is_nearer_to_the_middle():
    heavy = stroke(40, 20)
    heavy[36:40, 20:30] = 1
    columns = np.flatnonzero(centre(heavy).any(0))
    assert columns[0] > 28 - 1 - columns[-1]
    assert ndimage.center_of_mass(centre(heavy)) == pytest.approx((14, 14), abs=0.5)


@pytest.mark.skipif(
    not Path(os.environ.get("CNNBOOK_DATA", ""), "mnist").is_dir(),
    reason="MNIST is not here: set CNNBOOK_DATA to the folder that holds mnist/",
)
def test_mnist_stays_as_it_is():
    images = mnist()[1].images[:300, 0]
    for image in images:
        assert np.abs(centre(image) - image).mean() < 0.005
    assert np.mean([np.abs(find_digit(1 - image) - image).mean() for image in images]) < 0.01


@settings(max_examples=20, deadline=None)
@given(
    st.integers(0, 9),
    st.integers(20, 100),
    st.integers(20, 60),
    st.floats(0.3, 1.0),
    st.booleans(),
    st.floats(0, 0.2),
)
def test_place_contrast_and_polarity_do_not_matter(digit, top, left, contrast, light, base):
    usual = find_digit(written(digit))
    paper, pen = base, base + contrast * (1 - base)
    if not light:
        paper, pen = pen, paper
    np.testing.assert_allclose(
        find_digit(written(digit, paper=paper, pen=pen, place=(top, left))), usual, atol=0.02
    )


@pytest.mark.parametrize("size", [60, 90, 140])
def test_size_hardly_matters(size):
    for digit in range(10):
        usual, other = find_digit(written(digit)), find_digit(written(digit, size=size))
        moved = [np.roll(other, (down, right), (0, 1)) for down in (-1, 0, 1) for right in (-1, 0, 1)]
        assert (
            min(np.abs(image - usual).mean() for image in moved) < 0.06
        )  # fonts fit themselves to the pixels


def test_noise_and_light_that_falls_unevenly_hardly_matter():
    chance = np.random.default_rng(0)
    slope = np.linspace(-0.2, 0.2, 260)[:, None] + np.linspace(-0.1, 0.1, 200)
    for digit in range(10):
        clean = written(digit, paper=0.7, pen=0.2)
        photo = np.clip(clean + slope + chance.normal(0, 0.02, clean.shape), 0, 1)
        assert np.abs(find_digit(photo) - find_digit(clean)).mean() < 0.02


def test_specks_are_left_out_and_pieces_are_kept():
    picture = stroke(40, 6, top=3, left=20)
    picture[45:55, 20:26] = 1
    speck = picture.copy()
    speck[57, 45] = 1
    assert np.array_equal(without_specks(speck), picture)


def test_thin_strokes_become_as_wide_as_a_networks():
    thin = np.zeros((200, 100))
    thin[20:180, 50] = 1
    wide = thicken(thin)
    assert 160 / 20 * 1.5 <= wide.any(0).sum() <= 160 / 20 * 3
    thick = stroke(40, 6, top=3, left=20)
    assert thicken(thick) is thick


def test_ink_of_a_picture_without_any():
    for picture in (np.full((20, 30), 0.4), np.linspace(0, 1, 600).reshape(20, 30)):
        with pytest.raises(ValueError, match="ink: nothing stands out in the picture, expected one digit"):
            ink(picture)


@pytest.mark.parametrize("shape", [(0, 0), (1, 9), (3, 3, 3)])
def test_what_is_no_picture_is_refused(shape):
    with pytest.raises(ValueError, match=r"ink: grey has the shape .*, expected \(H, W\)"):
        ink(np.zeros(shape))


@pytest.mark.parametrize(
    ("mode", "colour", "expected"),
    [("RGB", (255, 0, 0), 0.299), ("L", 51, 0.2), ("RGBA", (0, 0, 0, 0), 1), ("P", 0, 0), ("1", 1, 1)],
)
def test_colours_become_grey(tmp_path, mode, colour, expected):
    path = tmp_path / "one.png"
    Image.new(mode, (4, 3), colour).save(path)
    grey = read_picture(path)
    assert grey.shape == (3, 4)
    assert grey.max() == pytest.approx(expected, abs=0.01)


def test_a_camera_that_was_turned(tmp_path):
    path = tmp_path / "one.jpg"
    picture = Image.new("L", (40, 20))
    exif = picture.getexif()
    exif[0x0112] = 6  # turn by 90 degrees
    picture.save(path, exif=exif)
    assert read_picture(path).shape == (40, 20)


def test_files_that_are_no_pictures(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"read_picture: .*absent.png is not there"):
        read_picture(tmp_path / "absent.png")
    (tmp_path / "text.png").write_text("five")
    with pytest.raises(ValueError, match=r"read_picture: .*text.png is no picture, expected PNG, JPEG"):
        read_picture(tmp_path / "text.png")
    Image.new("L", (400, 300)).save(tmp_path / "half.png")
    (tmp_path / "half.png").write_bytes((tmp_path / "half.png").read_bytes()[:80])
    with pytest.raises(ValueError, match=r"read_picture: .*half.png cannot be read"):
        read_picture(tmp_path / "half.png")
