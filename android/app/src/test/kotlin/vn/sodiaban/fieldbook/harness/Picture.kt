package vn.sodiaban.fieldbook.harness

import android.graphics.Bitmap
import java.awt.image.BufferedImage
import java.awt.image.IndexColorModel
import java.io.File
import javax.imageio.IIOImage
import javax.imageio.ImageIO
import javax.imageio.ImageWriteParam
import kotlin.math.abs

/** What a screen looks like, in at most 48 colours, so that a kept picture stays small. */
class Picture private constructor(private val width: Int, private val height: Int, private val pixels: IntArray) {
    fun isSame(other: Picture): Boolean = width == other.width && pixels.contentEquals(other.pixels)

    /** The part of the pixels that differ by more than a shade; 1 when the sizes differ. */
    fun difference(other: Picture): Double {
        if (width != other.width || height != other.height) return 1.0
        return pixels.indices.count { distance(pixels[it], other.pixels[it]) > SHADE }.toDouble() / pixels.size
    }

    fun save(file: File): File {
        file.parentFile?.mkdirs()
        val palette = pixels.distinct()
        val model = IndexColorModel(8, palette.size, palette.toIntArray(), 0, false, -1, java.awt.image.DataBuffer.TYPE_BYTE)
        val image = BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, model)
        val index = palette.withIndex().associate { (i, colour) -> colour to i }
        image.raster.setPixels(0, 0, width, height, IntArray(pixels.size) { index.getValue(pixels[it]) })
        writeSmall(image, file)
        return file
    }

    private fun writeSmall(image: BufferedImage, file: File) {
        val writer = ImageIO.getImageWritersByFormatName("png").next()
        val smallest = writer.defaultWriteParam.apply {
            compressionMode = ImageWriteParam.MODE_EXPLICIT
            compressionQuality = 0f
        }
        file.delete()
        ImageIO.createImageOutputStream(file).use {
            writer.output = it
            writer.write(null, IIOImage(image, null, null), smallest)
        }
        writer.dispose()
    }

    companion object {
        private const val COLOURS = 48
        private const val SHADE = 96

        fun of(bitmap: Bitmap): Picture {
            val pixels = IntArray(bitmap.width * bitmap.height).also {
                bitmap.getPixels(it, 0, bitmap.width, 0, 0, bitmap.width, bitmap.height)
            }
            val counted = pixels.asList().groupingBy { it }.eachCount()
            val kept = counted.entries.sortedWith(compareBy({ -it.value }, { it.key })).take(COLOURS).map { it.key }
            val nearest = counted.keys.associateWith { colour -> kept.minBy { distance(it, colour) } }
            return Picture(bitmap.width, bitmap.height, IntArray(pixels.size) { nearest.getValue(pixels[it]) })
        }

        fun read(file: File): Picture {
            val image = ImageIO.read(file)
            return Picture(image.width, image.height, image.getRGB(0, 0, image.width, image.height, null, 0, image.width))
        }

        /** Of two colours, over all three channels. */
        private fun distance(a: Int, b: Int): Int =
            abs((a and 0xFF) - (b and 0xFF)) + abs((a shr 8 and 0xFF) - (b shr 8 and 0xFF)) + abs((a shr 16 and 0xFF) - (b shr 16 and 0xFF))
    }
}
