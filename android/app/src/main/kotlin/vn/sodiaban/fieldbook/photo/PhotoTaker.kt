package vn.sodiaban.fieldbook.photo

import android.Manifest
import android.content.ActivityNotFoundException
import android.content.pm.PackageManager
import androidx.activity.compose.rememberLauncherForActivityResult
import androidx.activity.result.PickVisualMediaRequest
import androidx.activity.result.contract.ActivityResultContracts
import androidx.compose.runtime.Composable
import androidx.compose.runtime.Stable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.runtime.rememberUpdatedState
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.platform.LocalContext
import androidx.core.content.ContextCompat
import kotlinx.coroutines.launch

/** The two ways to a picture, for a slot of the form: of the whole, of a topic, of a problem. */
@Stable
class PhotoTaker(val onCamera: (slot: String) -> Unit, val onGallery: (slot: String) -> Unit)

/** At most so many pictures at a time from the gallery. */
private const val AT_ONCE = 10

/**
 * The system's camera and Photo Picker for the form of this draft. `onWaiting`: a picture may lie in the draft's folder now. Without
 * the right to the camera, or without a camera, the gallery opens instead.
 */
@Composable
fun rememberPhotoTaker(pictures: Pictures, draftId: String, onWaiting: () -> Unit): PhotoTaker {
    val context = LocalContext.current
    val scope = rememberCoroutineScope()
    val draft by rememberUpdatedState(draftId)
    val waiting by rememberUpdatedState(onWaiting)
    // The answer may come to another app than the one that asked: what it was asked for is kept.
    var slot by rememberSaveable { mutableStateOf("") }
    var asker by rememberSaveable { mutableStateOf("") }
    val gallery = rememberLauncherForActivityResult(ActivityResultContracts.PickMultipleVisualMedia(AT_ONCE)) { chosen ->
        scope.launch {
            chosen.forEach { pictures.copy(it, asker, slot) }
            waiting()
        }
    }
    val camera = rememberLauncherForActivityResult(ActivityResultContracts.TakePicture()) { waiting() }
    fun pick() = gallery.launch(PickVisualMediaRequest(ActivityResultContracts.PickVisualMedia.ImageOnly))
    fun shoot() = scope.launch {
        val file = pictures.newFile(asker, slot)
        try {
            camera.launch(pictures.address(file))
        } catch (_: ActivityNotFoundException) {
            pick()
        }
    }
    val permission = rememberLauncherForActivityResult(ActivityResultContracts.RequestPermission()) { isGranted ->
        if (isGranted) shoot() else pick()
    }
    return remember(gallery, camera, permission) {
        PhotoTaker(
            onCamera = {
                slot = it
                asker = draft
                val right = ContextCompat.checkSelfPermission(context, Manifest.permission.CAMERA)
                if (right == PackageManager.PERMISSION_GRANTED) shoot() else permission.launch(Manifest.permission.CAMERA)
            },
            onGallery = {
                slot = it
                asker = draft
                pick()
            },
        )
    }
}
