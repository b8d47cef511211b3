package vn.sodiaban.fieldbook.photo

import android.content.Context
import android.graphics.Bitmap
import android.graphics.BitmapFactory
import android.graphics.Matrix
import android.net.Uri
import androidx.core.content.FileProvider
import androidx.core.graphics.scale
import androidx.exifinterface.media.ExifInterface
import java.io.File
import java.io.IOException
import java.util.UUID
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import vn.sodiaban.fieldbook.core.Field
import vn.sodiaban.fieldbook.core.FieldbookException
import vn.sodiaban.fieldbook.core.InputFault

/**
 * Pictures on their way into a draft. Each waits in a folder of its draft under a name that says where it belongs, and the file is
 * there before the camera is: so a picture taken while the app was ended is found when the draft is opened again.
 */
class Pictures(private val context: Context, name: String) {
    private val folder by lazy { context.filesDir.resolve("$FOLDER/$name") }

    data class Waiting(val slot: String, val file: File)

    /** An empty file for the camera to write into. */
    suspend fun newFile(draftId: String, slot: String): File = withContext(Dispatchers.IO) {
        val file = folder.resolve("$draftId/$slot ${UUID.randomUUID()}")
        file.parentFile?.mkdirs()
        file.createNewFile()
        file
    }

    /** What the camera is told. */
    fun address(file: File): Uri = FileProvider.getUriForFile(context, "${context.packageName}.incoming", file)

    /** Copies a picture of the gallery at once: the right to read it ends with the app. */
    suspend fun copy(from: Uri, draftId: String, slot: String) {
        val file = newFile(draftId, slot)
        withContext(Dispatchers.IO) {
            try {
                val picture = context.contentResolver.openInputStream(from) ?: throw IOException()
                picture.use { input -> file.outputStream().use(input::copyTo) }
            } catch (_: IOException) {
                file.writeText(UNREADABLE)
            }
        }
    }

    /** What waits for this draft, oldest first. A file the camera never wrote into is nothing. */
    suspend fun waiting(draftId: String): List<Waiting> = withContext(Dispatchers.IO) {
        val (written, empty) = folder.resolve(draftId).listFiles().orEmpty().partition { it.length() > 0 }
        empty.forEach { it.delete() }
        written.sortedBy { it.lastModified() }.map { Waiting(it.name.substringBefore(' '), it) }
    }

    suspend fun delete(waiting: Waiting) = withContext(Dispatchers.IO) {
        waiting.file.delete()
        smallOf(waiting.file).delete()
        Unit
    }

    suspend fun forget(draftId: String) = withContext(Dispatchers.IO) {
        folder.resolve(draftId).deleteRecursively()
        Unit
    }

    /** The picture upright and at most [LONGEST] pixels long, whatever its size was: it is never whole in memory. */
    suspend fun small(file: File): File = withContext(Dispatchers.IO) {
        val small = decode(file) ?: throw FieldbookException.Invalid(Field.Photo, InputFault.NOT_A_PICTURE)
        val target = smallOf(file)
        try {
            target.parentFile?.mkdirs()
            target.outputStream().use { small.compress(Bitmap.CompressFormat.JPEG, QUALITY, it) }
        } catch (_: IOException) {
            throw FieldbookException.StorageFull()
        } finally {
            small.recycle()
        }
        target
    }

    private fun smallOf(file: File) = context.cacheDir.resolve("$FOLDER/${file.name}")

    companion object {
        /** Longest side of what the core is given, pixels. */
        const val LONGEST = 2_048
        private const val QUALITY = 92
        private const val FOLDER = "incoming"

        /** In place of a picture that could not be read: said as such when it is taken in. */
        private const val UNREADABLE = "unreadable"

        /** Decoded in steps of a half by the system while reading, then scaled. None when it is no picture. */
        fun decode(file: File, longest: Int = LONGEST): Bitmap? {
            val size = BitmapFactory.Options().apply { inJustDecodeBounds = true }
            BitmapFactory.decodeFile(file.path, size)
            val long = maxOf(size.outWidth, size.outHeight)
            if (long <= 0) return null
            var step = 1
            while (long / (step * 2) >= longest) step *= 2
            val read = BitmapFactory.decodeFile(file.path, BitmapFactory.Options().apply { inSampleSize = step }) ?: return null
            return upright(read.atMost(longest), file)
        }

        private fun Bitmap.atMost(longest: Int): Bitmap {
            val long = maxOf(width, height)
            if (long <= longest) return this
            val scaled = scale(maxOf(1, width * longest / long), maxOf(1, height * longest / long))
            recycle()
            return scaled
        }

        private fun upright(bitmap: Bitmap, file: File): Bitmap {
            val exif = try {
                ExifInterface(file)
            } catch (_: IOException) {
                return bitmap
            }
            if (exif.rotationDegrees == 0 && !exif.isFlipped) return bitmap
            val turn = Matrix().apply {
                if (exif.isFlipped) postScale(-1f, 1f)
                postRotate(exif.rotationDegrees.toFloat())
            }
            return Bitmap.createBitmap(bitmap, 0, 0, bitmap.width, bitmap.height, turn, true)
        }
    }
}
