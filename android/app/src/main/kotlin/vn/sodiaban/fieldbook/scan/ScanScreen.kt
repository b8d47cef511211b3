package vn.sodiaban.fieldbook.scan

import android.Manifest.permission.CAMERA
import android.content.Context
import android.content.pm.PackageManager.PERMISSION_GRANTED
import android.view.Surface
import android.view.SurfaceHolder
import android.view.SurfaceView
import androidx.activity.compose.BackHandler
import androidx.activity.compose.rememberLauncherForActivityResult
import androidx.activity.result.contract.ActivityResultContracts.RequestPermission
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberUpdatedState
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.viewinterop.AndroidView
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.firstOrNull
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.flow.mapNotNull

/** Asks for the camera when it opens, which is the person's tap, and gives the first code it sees. */
@Composable
fun ScanScreen(camera: Camera, otherWay: String, onCode: (String) -> Unit, onOtherWay: () -> Unit, modifier: Modifier = Modifier) {
    val context = LocalContext.current
    var state by rememberSaveable { mutableStateOf(if (context.mayUseCamera()) ScanState.LOOKING else ScanState.ASKING) }
    var isAsked by rememberSaveable { mutableStateOf(state == ScanState.LOOKING) }
    val permission = rememberLauncherForActivityResult(RequestPermission()) { isGiven ->
        state = if (isGiven) ScanState.LOOKING else ScanState.REFUSED
    }
    LaunchedEffect(camera) {
        if (!camera.exists) {
            state = ScanState.NO_CAMERA
        } else if (!isAsked) {
            isAsked = true
            permission.launch(CAMERA)
        }
    }
    BackHandler(onBack = onOtherWay)
    ScanContent(state, otherWay, onOtherWay, onAsk = { permission.launch(CAMERA) }, modifier) { place ->
        Finder(camera, onCode, onAway = { state = ScanState.NO_CAMERA }, place)
    }
}

/** What the camera sees; the first code ends it. */
@Composable
private fun Finder(camera: Camera, onCode: (String) -> Unit, onAway: () -> Unit, modifier: Modifier = Modifier) {
    var surface by remember { mutableStateOf<Surface?>(null) }
    val found by rememberUpdatedState(onCode)
    val away by rememberUpdatedState(onAway)
    AndroidView(
        factory = { context ->
            SurfaceView(context).apply { holder.addCallback(Watcher { surface = it }) }
        },
        modifier = modifier,
    )
    LaunchedEffect(camera, surface) {
        val preview = surface ?: return@LaunchedEffect
        try {
            camera.frames(preview).mapNotNull(Frame::code).flowOn(Dispatchers.Default).firstOrNull()?.let { found(it) }
        } catch (_: CameraAway) {
            away()
        }
    }
}

/** Tells of the surface as long as it is there, in the size of the camera's pictures: the system turns and scales them. */
private class Watcher(private val onSurface: (Surface?) -> Unit) : SurfaceHolder.Callback {
    override fun surfaceCreated(holder: SurfaceHolder) = holder.setFixedSize(PREVIEW_WIDTH, PREVIEW_HEIGHT)

    override fun surfaceChanged(holder: SurfaceHolder, format: Int, width: Int, height: Int) {
        if (width == PREVIEW_WIDTH && height == PREVIEW_HEIGHT) onSurface(holder.surface)
    }

    override fun surfaceDestroyed(holder: SurfaceHolder) = onSurface(null)
}

private fun Context.mayUseCamera() = checkSelfPermission(CAMERA) == PERMISSION_GRANTED
