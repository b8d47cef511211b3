package vn.sodiaban.fieldbook.scan

import android.view.Surface
import java.io.IOException
import kotlinx.coroutines.flow.Flow

/** What looks at a code. */
interface Camera {
    /** A camera there is on this phone. */
    val exists: Boolean

    /** Shows what it sees on [preview], which is [PREVIEW_WIDTH] × [PREVIEW_HEIGHT], and gives the latest picture until the collector goes away. */
    fun frames(preview: Surface): Flow<Frame>
}

/** The camera does not open: another app has it, or the office of the phone forbids it. */
class CameraAway(cause: Throwable? = null) : IOException(cause)

/** Every camera since Android 5 offers this size. */
const val PREVIEW_WIDTH = 1280
const val PREVIEW_HEIGHT = 720
