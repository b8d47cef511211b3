package vn.sodiaban.fieldbook.scan

import android.annotation.SuppressLint
import android.content.Context
import android.graphics.ImageFormat
import android.hardware.camera2.CameraAccessException
import android.hardware.camera2.CameraCaptureSession
import android.hardware.camera2.CameraCharacteristics
import android.hardware.camera2.CameraDevice
import android.hardware.camera2.CameraManager
import android.hardware.camera2.CaptureRequest
import android.media.Image
import android.media.ImageReader
import android.os.Handler
import android.os.HandlerThread
import android.view.Surface
import kotlinx.coroutines.channels.ProducerScope
import kotlinx.coroutines.channels.awaitClose
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.callbackFlow
import kotlinx.coroutines.flow.conflate

/** The phone's own camera, by the system's own interface: nothing of Play services. The permission has been given before. */
class PhoneCamera(context: Context) : Camera {
    private val cameras: CameraManager? by lazy { context.getSystemService(CameraManager::class.java) }

    override val exists: Boolean get() = find() != null

    override fun frames(preview: Surface): Flow<Frame> = callbackFlow {
        val eyes = Eyes(this, preview)
        eyes.open()
        awaitClose(eyes::close)
    }.conflate()

    @SuppressLint("MissingPermission") // asked by ScanScreen; taken away since, it is a SecurityException
    private fun Eyes.open() = try {
        checkNotNull(cameras).openCamera(find() ?: throw CameraAway(), this, handler)
    } catch (cause: CameraAccessException) {
        notOpened(cause)
    } catch (cause: SecurityException) {
        notOpened(cause)
    }

    private fun find(): String? = try {
        val ids = cameras?.cameraIdList.orEmpty()
        ids.firstOrNull { cameras?.getCameraCharacteristics(it)?.get(CameraCharacteristics.LENS_FACING) == BACK } ?: ids.firstOrNull()
    } catch (_: CameraAccessException) {
        null
    }

    private companion object {
        const val BACK = CameraCharacteristics.LENS_FACING_BACK
    }
}

/** A camera that is being opened, open, or closed again; all of it happens on its own thread. What it sees goes to [preview] too. */
private class Eyes(private val frames: ProducerScope<Frame>, private val preview: Surface) : CameraDevice.StateCallback() {
    private val thread = HandlerThread("scan").apply { start() }
    val handler = Handler(thread.looper)
    private val reader = ImageReader.newInstance(PREVIEW_WIDTH, PREVIEW_HEIGHT, ImageFormat.YUV_420_888, 2)
    private var device: CameraDevice? = null
    private var isOpening = true
    private var isLeft = false

    init {
        reader.setOnImageAvailableListener({ it.acquireLatestImage()?.use { image -> frames.trySend(image.frame()) } }, handler)
    }

    override fun onOpened(camera: CameraDevice) = opened(camera) {
        @Suppress("DEPRECATION") // what replaces it begins at API 28
        orAway { camera.createCaptureSession(listOf(preview, reader.surface), Session(camera), handler) }
    }

    override fun onDisconnected(camera: CameraDevice) = opened(camera) { away() }

    override fun onError(camera: CameraDevice, error: Int) = opened(camera) { away() }

    fun notOpened(cause: Exception) {
        isOpening = false
        away(cause)
    }

    /** Nobody looks any more. A camera that is still being opened is closed as soon as it is. */
    fun close() {
        handler.post {
            isLeft = true
            if (!isOpening) end()
        }
    }

    private fun opened(camera: CameraDevice, work: () -> Unit) {
        isOpening = false
        device = camera
        if (isLeft) end() else work()
    }

    private fun end() {
        device?.close()
        reader.close()
        thread.quitSafely()
    }

    private fun away(cause: Throwable? = null) {
        frames.close(CameraAway(cause))
    }

    private fun orAway(work: () -> Unit) = try {
        work()
    } catch (cause: CameraAccessException) {
        away(cause)
    } catch (cause: IllegalStateException) { // closed in between
        away(cause)
    }

    private inner class Session(private val camera: CameraDevice) : CameraCaptureSession.StateCallback() {
        override fun onConfigured(session: CameraCaptureSession) = orAway {
            val request = camera.createCaptureRequest(CameraDevice.TEMPLATE_PREVIEW)
            listOf(preview, reader.surface).forEach(request::addTarget)
            request.set(CaptureRequest.CONTROL_AF_MODE, CaptureRequest.CONTROL_AF_MODE_CONTINUOUS_PICTURE)
            session.setRepeatingRequest(request.build(), null, handler)
        }

        override fun onConfigureFailed(session: CameraCaptureSession) = away()
    }
}

/** Its brightness is the first of the three planes; the colours are left out. */
private fun Image.frame(): Frame {
    val plane = planes[0]
    val rows = ByteArray(plane.rowStride * height)
    plane.buffer.get(rows, 0, minOf(rows.size, plane.buffer.remaining())) // the last row may end at its last pixel
    return Frame(rows, width, height, plane.rowStride)
}
