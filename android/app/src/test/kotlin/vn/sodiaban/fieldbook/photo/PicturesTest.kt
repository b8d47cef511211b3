package vn.sodiaban.fieldbook.photo

import androidx.exifinterface.media.ExifInterface
import androidx.test.ext.junit.runners.AndroidJUnit4
import java.awt.image.BufferedImage
import java.io.File
import javax.imageio.ImageIO
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import org.junit.runner.RunWith
import vn.sodiaban.fieldbook.harness.Outdoors

@RunWith(AndroidJUnit4::class)
class PicturesTest {
    @get:Rule val folder = TemporaryFolder()

    private fun file(bytes: ByteArray): File = folder.newFile().apply { writeBytes(bytes) }

    @Test fun aPictureOf108MegapixelsComesOutSmallAndWhole() {
        val file = folder.newFile("large.jpg")
        val large = BufferedImage(12_000, 9_000, BufferedImage.TYPE_BYTE_GRAY)
        large.createGraphics().apply { fillRect(6_000, 0, 6_000, 9_000) }.dispose()
        check(ImageIO.write(large, "jpg", file))
        val small = checkNotNull(Pictures.decode(file))
        assertEquals(2_048 to 1_536, small.width to small.height)
        assertTrue("left is dark", small.getPixel(500, 700) and 0xFF < 40)
        assertTrue("right is light", small.getPixel(1_500, 700) and 0xFF > 215)
    }

    @Test fun aSmallOneKeepsItsSize() {
        val small = checkNotNull(Pictures.decode(file(Outdoors.jpeg(300, 200))))
        assertEquals(300 to 200, small.width to small.height)
    }

    @Test fun aPictureTakenUprightStandsUpright() {
        val file = file(Outdoors.jpeg(300, 200))
        ExifInterface(file).apply {
            setAttribute(ExifInterface.TAG_ORIENTATION, ExifInterface.ORIENTATION_ROTATE_90.toString())
            saveAttributes()
        }
        val upright = checkNotNull(Pictures.decode(file))
        assertEquals(200 to 300, upright.width to upright.height)
    }

    @Test fun whatIsNoPictureGivesNone() {
        assertNull(Pictures.decode(file("not a picture".toByteArray())))
        assertNull(Pictures.decode(file(ByteArray(0))))
    }
}
