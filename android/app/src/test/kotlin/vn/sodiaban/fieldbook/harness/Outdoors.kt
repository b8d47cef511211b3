package vn.sodiaban.fieldbook.harness

import android.Manifest
import android.app.Activity
import android.content.ClipData
import android.content.Intent
import android.graphics.Bitmap
import android.graphics.Color
import android.location.Location
import android.location.LocationManager
import android.net.Uri
import android.os.SystemClock
import android.provider.MediaStore
import androidx.core.content.FileProvider
import androidx.test.core.app.ApplicationProvider
import java.io.ByteArrayOutputStream
import kotlin.random.Random
import org.robolectric.Shadows.shadowOf
import vn.sodiaban.fieldbook.FieldbookApp

/** What is around the phone: the sky, the camera, the gallery, and what the person allowed. */
object Outdoors {
    private val app: FieldbookApp get() = ApplicationProvider.getApplicationContext()
    private val satellites get() = checkNotNull(app.getSystemService(LocationManager::class.java))

    fun allowCamera() {
        shadowOf(app).grantPermissions(Manifest.permission.CAMERA)
        // It remembers where the app's files lie, which is another place in each test.
        val known = FileProvider::class.java.getDeclaredField("sCache").apply { isAccessible = true }
        (known.get(null) as MutableMap<*, *>).clear()
    }

    /** Position allowed, and the satellites in sight. */
    fun allowPosition() {
        shadowOf(app).grantPermissions(Manifest.permission.ACCESS_FINE_LOCATION, Manifest.permission.ACCESS_COARSE_LOCATION)
        shadowOf(satellites).setProviderEnabled(LocationManager.GPS_PROVIDER, true)
    }

    fun forbidPosition() {
        shadowOf(app).denyPermissions(Manifest.permission.ACCESS_FINE_LOCATION, Manifest.permission.ACCESS_COARSE_LOCATION)
    }

    fun stand(latitude: Double, longitude: Double, isMock: Boolean = false) {
        val here = Location(LocationManager.GPS_PROVIDER).apply {
            this.latitude = latitude
            this.longitude = longitude
            accuracy = 11.4f
            time = System.currentTimeMillis()
            elapsedRealtimeNanos = SystemClock.elapsedRealtimeNanos()
            setMock(isMock)
        }
        shadowOf(satellites).simulateLocation(LocationManager.GPS_PROVIDER, here)
    }

    /** A picture that is not one colour. */
    fun jpeg(width: Int = 640, height: Int = 480): ByteArray {
        val bitmap = Bitmap.createBitmap(width, height, Bitmap.Config.ARGB_8888)
        for (x in 0 until width step 8) for (y in 0 until height) bitmap.setPixel(x, y, Color.rgb(x % 256, y % 256, 90))
        return ByteArrayOutputStream().also { bitmap.compress(Bitmap.CompressFormat.JPEG, 80, it) }.toByteArray()
    }

    /** A picture with so much in it that it stays large: leaves in the wind. */
    fun leaves(width: Int = 1_280, height: Int = 960): ByteArray {
        val chance = Random(1)
        val pixels = IntArray(width * height) { chance.nextInt() or (0xFF shl 24) }
        val bitmap = Bitmap.createBitmap(pixels, width, height, Bitmap.Config.ARGB_8888)
        return ByteArrayOutputStream().also { bitmap.compress(Bitmap.CompressFormat.JPEG, 80, it) }.toByteArray()
    }

    /** Waits until another app was asked for a picture. */
    fun waitForOther(phone: AppRule) = phone.compose.waitUntil(timeoutMillis = PATIENCE_MS) {
        var isAsked = false
        phone.activity { isAsked = shadowOf(it).peekNextStartedActivityForResult() != null }
        isAsked
    }

    /** The camera that was opened writes its picture where it was told to. */
    fun shoot(activity: Activity, picture: ByteArray = jpeg()): Intent {
        val asked = checkNotNull(shadowOf(activity).peekNextStartedActivityForResult()) { "no camera was opened" }.intent
        check(asked.action == MediaStore.ACTION_IMAGE_CAPTURE) { "not the camera: $asked" }
        val target = checkNotNull(asked.getParcelableExtra(MediaStore.EXTRA_OUTPUT, Uri::class.java))
        checkNotNull(app.contentResolver.openOutputStream(target)).use { it.write(picture) }
        return asked
    }

    /** Back from the camera or the gallery. */
    fun comeBack(activity: Activity, asked: Intent, answer: Intent? = null, result: Int = Activity.RESULT_OK) {
        shadowOf(activity).nextStartedActivityForResult
        shadowOf(activity).receiveResult(asked, result, answer)
    }

    /** The gallery that was opened gives these pictures. */
    fun choose(activity: Activity, vararg pictures: ByteArray) {
        val asked = checkNotNull(shadowOf(activity).peekNextStartedActivityForResult()) { "no gallery was opened" }.intent
        val addresses = pictures.indices.map { Uri.parse("content://gallery/$it") }
        addresses.forEachIndexed { index, address ->
            shadowOf(app.contentResolver).registerInputStreamSupplier(address) { pictures[index].inputStream() }
        }
        val answer = Intent().apply {
            clipData = ClipData.newRawUri("", addresses.first()).also { clip ->
                addresses.drop(1).forEach { clip.addItem(ClipData.Item(it)) }
            }
        }
        comeBack(activity, asked, answer)
    }

    private const val PATIENCE_MS = 30_000L
}
